//go:build unix

package hosting

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// published are files of a site with an insurer.
var published = []string{
	"404.html", "assets/main.0123456789ab.js", "assets/rules.0123456789ab.wasm", "assets/rules.ja.json", "assets/rules.wasm",
	"index.html", "ja/embed.html", "ja/index.html", "ja/search/index.js", "sk/ja/embed.html",
}

// The services that cannot run here understand what is written for them: they know each name, and what they need is there.
func TestHostFilesKnowTheirSchema(t *testing.T) {
	for _, host := range Hosts {
		for _, list := range [][]string{nil, published} {
			for _, file := range Files(host, "/", list) {
				var err error
				switch {
				case file.Name == "web.config":
					err = checkIIS(file.Content)
				case filepath.Ext(file.Name) == ".json":
					err = checkPolicy(file.Content)
				case file.Name == "_headers":
					err = checkHeaders(string(file.Content))
				}
				if err != nil {
					t.Errorf("%s/%s: %v", host, file.Name, err)
				}
			}
		}
	}
}

// iisSchema has the elements of web.config that are used here, with their attributes. "!" marks a required attribute. Values
// with | between them are the only ones. It follows IIS_schema.xml of IIS 10 and learn.microsoft.com/iis/configuration/system.webserver.
var iisSchema = map[string]map[string]string{
	"configuration":                                                    {},
	"configuration/system.webServer":                                   {},
	"configuration/system.webServer/defaultDocument":                   {"enabled": "true|false"},
	"configuration/system.webServer/defaultDocument/files":             {},
	"configuration/system.webServer/defaultDocument/files/clear":       {},
	"configuration/system.webServer/defaultDocument/files/add":         {"value": "!"},
	"configuration/system.webServer/httpErrors":                        {"errorMode": "DetailedLocalOnly|Custom|Detailed", "existingResponse": "Auto|Replace|PassThrough"},
	"configuration/system.webServer/httpErrors/remove":                 {"statusCode": "!"},
	"configuration/system.webServer/httpErrors/error":                  {"statusCode": "!", "path": "!", "responseMode": "File|ExecuteURL|Redirect"},
	"configuration/system.webServer/staticContent":                     {},
	"configuration/system.webServer/staticContent/remove":              {"fileExtension": "!"},
	"configuration/system.webServer/staticContent/mimeMap":             {"fileExtension": "!", "mimeType": "!"},
	"configuration/system.webServer/staticContent/clientCache":         {"cacheControlMode": "NoControl|DisableCache|UseMaxAge|UseExpires", "cacheControlMaxAge": "", "cacheControlCustom": ""},
	"configuration/system.webServer/urlCompression":                    {"doStaticCompression": "true|false", "doDynamicCompression": "true|false"},
	"configuration/system.webServer/httpProtocol":                      {},
	"configuration/system.webServer/httpProtocol/customHeaders":        {},
	"configuration/system.webServer/httpProtocol/customHeaders/remove": {"name": "!"},
	"configuration/system.webServer/httpProtocol/customHeaders/add":    {"name": "!", "value": ""},
}

// checkIIS returns an error if web.config has an element, attribute or value that IIS does not know.
func checkIIS(content []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	var open []string
	locations := map[string]bool{}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.StartElement:
			attributes := map[string]string{}
			for _, a := range token.Attr {
				attributes[a.Name.Local] = a.Value
			}
			if token.Name.Local == "location" && strings.Join(open, "/") == "configuration" {
				place := attributes["path"]
				if len(attributes) != 1 || place == "" || strings.HasPrefix(place, "/") || locations[place] {
					return errors.New("location " + place)
				}
				locations[place] = true
				open = append(open, "") // what a location may have is what the configuration may have
				continue
			}
			open = append(open, token.Name.Local)
			name := strings.Join(slices.DeleteFunc(slices.Clone(open), func(part string) bool { return part == "" }), "/")
			known, ok := iisSchema[name]
			if !ok {
				return errors.New("no element " + name)
			}
			for attribute, value := range attributes {
				rule, ok := known[attribute]
				if !ok || strings.Contains(rule, "|") && !slices.Contains(strings.Split(rule, "|"), value) {
					return errors.New(name + ": " + attribute + "=" + value)
				}
			}
			for attribute, rule := range known {
				if rule == "!" && attributes[attribute] == "" {
					return errors.New(name + " has no " + attribute)
				}
			}
		}
	}
}

// policy is a response headers policy of CloudFront. Its fields are those of the API reference's ResponseHeadersPolicyConfig
// that are used here. A pointer marks a required field.
type policy struct {
	Comment, Name         *string
	SecurityHeadersConfig struct {
		ContentSecurityPolicy *struct {
			Override              *bool
			ContentSecurityPolicy *string
		}
		ContentTypeOptions *struct{ Override *bool }
		FrameOptions       *struct {
			Override    *bool
			FrameOption *string
		}
		ReferrerPolicy *struct {
			Override       *bool
			ReferrerPolicy *string
		}
		StrictTransportSecurity *struct {
			Override, IncludeSubdomains, Preload *bool
			AccessControlMaxAgeSec               *int
		}
	}
	CustomHeadersConfig struct {
		Quantity *int
		Items    []struct {
			Header, Value *string
			Override      *bool
		}
	}
}

// readPolicy decodes a response headers policy. It returns an error if CloudFront does not know a field.
func readPolicy(content []byte) (p policy, err error) {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	return p, decoder.Decode(&p)
}

// checkPolicy returns an error if CloudFront would refuse a response headers policy.
func checkPolicy(content []byte) error {
	p, err := readPolicy(content)
	if err != nil {
		return err
	}
	s := p.SecurityHeadersConfig
	switch {
	case p.Name == nil || !regexp.MustCompile(`^[\w-]{1,128}$`).MatchString(*p.Name):
		return errors.New("the name")
	case p.Comment != nil && len(*p.Comment) > 128:
		return errors.New("the comment is longer than 128 characters")
	case s.FrameOptions != nil && (s.FrameOptions.Override == nil || s.FrameOptions.FrameOption == nil || !slices.Contains([]string{"DENY", "SAMEORIGIN"}, *s.FrameOptions.FrameOption)):
		return errors.New("FrameOptions")
	case s.ContentSecurityPolicy != nil && (s.ContentSecurityPolicy.Override == nil || s.ContentSecurityPolicy.ContentSecurityPolicy == nil):
		return errors.New("ContentSecurityPolicy")
	case s.ContentTypeOptions == nil || s.ContentTypeOptions.Override == nil:
		return errors.New("ContentTypeOptions")
	case s.ReferrerPolicy == nil || s.ReferrerPolicy.Override == nil || *s.ReferrerPolicy.ReferrerPolicy != "no-referrer":
		return errors.New("ReferrerPolicy")
	case s.StrictTransportSecurity == nil || s.StrictTransportSecurity.Override == nil || s.StrictTransportSecurity.AccessControlMaxAgeSec == nil:
		return errors.New("StrictTransportSecurity")
	case p.CustomHeadersConfig.Quantity == nil || *p.CustomHeadersConfig.Quantity != len(p.CustomHeadersConfig.Items):
		return errors.New("Quantity is not the number of Items")
	}
	for _, item := range p.CustomHeadersConfig.Items {
		if item.Header == nil || item.Value == nil || item.Override == nil {
			return errors.New("a custom header lacks a field")
		}
	}
	return nil
}

// checkHeaders returns an error if a `_headers` file breaks a rule of developers.cloudflare.com/pages/configuration/headers:
// at most 100 rules, 2,000 characters a line and one * a path.
func checkHeaders(text string) error {
	rules := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case len(line) > 2000:
			return errors.New("a long line")
		case strings.HasPrefix(line, "/"):
			if rules++; strings.Count(line, "*") > 1 {
				return errors.New("two * in " + line)
			}
		case !strings.HasPrefix(line, "#") && (rules == 0 || !regexp.MustCompile(`^  (! [\w-]+|[\w-]+: \S.*)$`).MatchString(line)):
			return errors.New("not a header: " + line)
		}
	}
	if rules == 0 || rules > 100 {
		return errors.New("no rules, or more than 100")
	}
	return nil
}

// Every service lets only the site itself show its pages in a frame, but lets everybody show embed.html; it lets browsers keep
// names with a hash and ask again for other names.
func TestServicesSendTheRightHeaders(t *testing.T) {
	for host, sends := range map[string]func(t *testing.T, name string) map[string]string{
		"cloudflare": cloudflareSends, "netlify": netlifySends, "iis": iisSends, "s3": s3Sends,
	} {
		t.Run(host, func(t *testing.T) {
			for _, name := range published {
				got := sends(t, name)
				cache, stays := got["Cache-Control"], strings.Contains(name, ".0123456789ab.js") || strings.Contains(name, ".0123456789ab.") && (host == "iis" || host == "s3")
				if immutable := strings.Contains(cache, "immutable"); immutable != stays || immutable && !strings.Contains(cache, "31536000") || strings.Count(cache, "max-age") > 1 {
					t.Errorf("%s: Cache-Control is %q", name, cache)
				}
				policy, frame := got["Content-Security-Policy"], got["X-Frame-Options"]
				if strings.HasSuffix(name, "embed.html") {
					if policy != "frame-ancestors *" && (policy != "" || frame != "") { // a policy makes browsers ignore X-Frame-Options
						t.Errorf("%s: only some may show it: %q, %q", name, policy, frame)
					}
				} else if frame != "SAMEORIGIN" || policy != "" && policy != "frame-ancestors 'self'" {
					t.Errorf("%s: who may show it: %q, %q", name, policy, frame)
				}
				for _, header := range headers {
					if got[header.Name] != header.Value {
						t.Errorf("%s: %s is %q", name, header.Name, got[header.Name])
					}
				}
			}
		})
	}
}

// written returns a file that is written for a host.
func written(t *testing.T, host, name string) string {
	t.Helper()
	for _, file := range Files(host, "/", published) {
		if file.Name == name {
			return string(file.Content)
		}
	}
	t.Fatal(host, "has no", name)
	return ""
}

// sendsBy applies the rules of a `_headers` file whose paths match in their order. `add` says what a second value of a header
// means.
func sendsBy(text string, matches func(pattern string) bool, add func(old, new string) string) map[string]string {
	sent, applies := map[string]string{}, false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		name, value, _ := strings.Cut(line, ": ")
		switch {
		case strings.HasPrefix(line, "/"):
			applies = matches(line)
		case !applies || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "! "):
			delete(sent, line[2:])
		case sent[name] != "":
			sent[name] = add(sent[name], value)
		default:
			sent[name] = value
		}
	}
	return sent
}

// cloudflareSends follows Cloudflare's documentation: * is any text, values of one header are joined, and "! name" takes the
// header away that an earlier rule added.
func cloudflareSends(t *testing.T, name string) map[string]string {
	return sendsBy(written(t, "cloudflare", "_headers"), func(pattern string) bool {
		return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*") + "$").MatchString("/" + name)
	}, func(old, new string) string { return old + ", " + new })
}

// netlifySends follows @netlify/headers-parser: a part ":x" of a path is one folder or file, and * is any text. It is not
// documented what a second value of a header does, so the file may not have one.
func netlifySends(t *testing.T, name string) map[string]string {
	return sendsBy(written(t, "netlify", "_headers"), func(pattern string) bool {
		pattern = regexp.MustCompile(`/:[^/]+`).ReplaceAllString(strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*"), "/[^/]+")
		return regexp.MustCompile("^" + pattern + "$").MatchString("/" + name)
	}, func(old, new string) string {
		t.Errorf("%s: two values of a header: %s and %s", name, old, new)
		return new
	})
}

// iisSends applies system.webServer and then each location that is the path or a folder above it.
func iisSends(t *testing.T, name string) map[string]string {
	type section struct {
		Headers struct {
			Lines []struct {
				XMLName xml.Name
				Name    string `xml:"name,attr"`
				Value   string `xml:"value,attr"`
			} `xml:",any"`
		} `xml:"httpProtocol>customHeaders"`
		Cache *struct {
			Mode   string  `xml:"cacheControlMode,attr"`
			MaxAge string  `xml:"cacheControlMaxAge,attr"`
			Custom *string `xml:"cacheControlCustom,attr"`
		} `xml:"staticContent>clientCache"`
	}
	var config struct {
		Section   section `xml:"system.webServer"`
		Locations []struct {
			Path    string  `xml:"path,attr"`
			Section section `xml:"system.webServer"`
		} `xml:"location"`
	}
	if err := xml.Unmarshal([]byte(written(t, "iis", "web.config")), &config); err != nil {
		t.Fatal(err)
	}
	sent, custom := map[string]string{}, ""
	apply := func(s section) {
		for _, line := range s.Headers.Lines {
			delete(sent, line.Name)
			if line.XMLName.Local == "add" {
				sent[line.Name] = line.Value
			}
		}
		if s.Cache == nil {
			return
		}
		if s.Cache.Custom != nil {
			custom = *s.Cache.Custom
		}
		sent["Cache-Control"] = map[string]string{"DisableCache": "no-cache", "UseMaxAge": "max-age=31536000"}[s.Cache.Mode]
		if s.Cache.Mode == "UseMaxAge" && s.Cache.MaxAge != "365.00:00:00" {
			t.Errorf("a year is %s", s.Cache.MaxAge)
		}
		if custom != "" {
			sent["Cache-Control"] = custom + "," + sent["Cache-Control"]
		}
	}
	apply(config.Section)
	for _, location := range config.Locations {
		if location.Path == name || strings.HasPrefix(name, location.Path+"/") {
			apply(location.Section)
		}
	}
	return sent
}

// s3Sends returns what upload.sh stores with a file, and what CloudFront adds to it by the two policies.
func s3Sends(t *testing.T, name string) map[string]string {
	file := "response-headers.json"
	if strings.HasSuffix("/"+name, "/embed.html") {
		file = "response-headers-embed.json"
	}
	p, err := readPolicy([]byte(written(t, "s3", file)))
	if err != nil {
		t.Fatal(err)
	}
	sent := uploaded(t)[name]
	if sent == nil {
		t.Fatalf("upload.sh does not send %s", name)
	}
	sent = maps.Clone(sent)
	s := p.SecurityHeadersConfig
	sent["X-Content-Type-Options"], sent["Referrer-Policy"] = "nosniff", *s.ReferrerPolicy.ReferrerPolicy
	if *s.StrictTransportSecurity.AccessControlMaxAgeSec == 31536000 {
		sent["Strict-Transport-Security"] = "max-age=31536000"
	}
	if s.FrameOptions != nil {
		sent["X-Frame-Options"] = *s.FrameOptions.FrameOption
	}
	if s.ContentSecurityPolicy != nil {
		sent["Content-Security-Policy"] = *s.ContentSecurityPolicy.ContentSecurityPolicy
	}
	for _, item := range p.CustomHeadersConfig.Items {
		sent[*item.Header] = *item.Value
	}
	return sent
}

// uploaded runs upload.sh with a program in place of the AWS CLI, and returns what is stored with each file.
func uploaded(t *testing.T) map[string]map[string]string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"upload.sh": written(t, "s3", "upload.sh"), "bin/aws": "#!/bin/sh\nprintf '%s\\n' \"$@\" --end >>\"$LOG\"\n"}
	for _, name := range published {
		files["public/"+name] = name
	}
	for name, text := range files {
		if err := errors.Join(os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755)); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.Command("sh", "upload.sh", "bucket/folder")
	run.Dir, run.Env = dir, append(os.Environ(), "PATH="+dir+"/bin:"+os.Getenv("PATH"), "LOG="+dir+"/log")
	if output, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	log, err := os.ReadFile(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]map[string]string{}
	for call := range strings.SplitSeq(strings.TrimSuffix(string(log), "--end\n"), "--end\n") {
		send(t, stored, strings.Split(strings.TrimSuffix(call, "\n"), "\n"))
	}
	return stored
}

// send does what a call of `aws s3` would do. `sync` leaves alone what is already there.
func send(t *testing.T, stored map[string]map[string]string, args []string) {
	t.Helper()
	from, to := strings.TrimPrefix(strings.TrimPrefix(args[2], "public"), "/"), strings.TrimPrefix(strings.TrimPrefix(args[3], "s3://bucket/folder"), "/")
	if from != to || args[0] != "s3" || args[1] == "cp" && !slices.Contains(args, "--recursive") {
		t.Fatalf("aws %q", args)
	}
	for _, name := range published {
		below, ok := strings.CutPrefix(name, from)
		if !ok || args[1] == "sync" && stored[name] != nil {
			continue
		}
		below = strings.TrimPrefix(below, "/")
		sends, headers := true, map[string]string{}
		for i, arg := range args {
			switch arg {
			case "--exclude", "--include": // the last pattern that matches decides, and * also stands for slashes (fnmatch)
				if fnmatch(args[i+1], below) {
					sends = arg == "--include"
				}
			case "--cache-control":
				headers["Cache-Control"] = args[i+1]
			case "--content-type":
				headers["Content-Type"] = args[i+1]
			}
		}
		if sends {
			stored[name] = headers
		}
	}
}

// fnmatch reports whether a name matches a pattern as Python's module fnmatch understands it.
func fnmatch(pattern, name string) bool {
	pattern = strings.NewReplacer(`\*`, ".*", `\[`, "[", `\]`, "]").Replace(regexp.QuoteMeta(pattern))
	return regexp.MustCompile("^" + pattern + "$").MatchString(name)
}
