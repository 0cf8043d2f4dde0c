package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// namespace marks the paths in the theme. Thanks to it, esbuild never reads the disk.
const namespace = "theme"

// oldest are the oldest supported browsers: those of phones that have had no updates since 2020.
var oldest = []api.Engine{
	{Name: api.EngineChrome, Version: "80"},
	{Name: api.EngineSafari, Version: "13"},
	{Name: api.EngineFirefox, Version: "78"},
}

// compileStyles bundles and minifies each style sheet separately. It returns the results by the names of the sheets.
func compileStyles(theme fs.FS, files []string) (map[string]string, error) {
	return compile(theme, files, ".css", api.BuildOptions{Engines: oldest})
}

// compileScripts bundles and minifies each TypeScript file separately. It returns the results by the names of the files. Each result is a
// classic script in ES2019, which the oldest supported browsers can run.
func compileScripts(theme fs.FS, files []string) (map[string]string, error) {
	return compile(theme, files, ".js", api.BuildOptions{Target: api.ES2019, Format: api.FormatIIFE})
}

func compile(theme fs.FS, files []string, ending string, o api.BuildOptions) (map[string]string, error) {
	for _, file := range files {
		o.EntryPointsAdvanced = append(o.EntryPointsAdvanced, api.EntryPoint{InputPath: file, OutputPath: stem(file)})
	}
	o.Bundle, o.Outdir, o.LogLevel = true, "/", api.LogLevelSilent
	o.MinifyWhitespace, o.MinifyIdentifiers, o.MinifySyntax = true, true, true
	o.LegalComments, o.Charset = api.LegalCommentsInline, api.CharsetUTF8
	o.Plugins = []api.Plugin{fromFS(theme)}
	built := api.Build(o)
	if err := located(append(built.Errors, built.Warnings...)); err != nil {
		return nil, err
	}
	result := make(map[string]string, len(files))
	for _, file := range built.OutputFiles {
		// esbuild writes paths in the form of the operating system.
		name := path.Base(strings.ReplaceAll(file.Path, `\`, "/"))
		result[strings.TrimSuffix(name, ending)] = strings.TrimRight(string(file.Contents), "\n")
	}
	return result, nil
}

// located turns esbuild's messages into one error, or nil if there are no messages. Warnings also count as errors, so that nobody overlooks
// them.
func located(messages []api.Message) error {
	var all []error
	for _, m := range messages {
		if m.Location == nil {
			all = append(all, errors.New(m.Text))
			continue
		}
		file := strings.TrimPrefix(m.Location.File, namespace+":")
		all = append(all, fmt.Errorf("%s:%d:%d: %s", file, m.Location.Line, m.Location.Column+1, m.Text))
	}
	return errors.Join(all...)
}

// tag matches the tag of a template that becomes HTML (parts/html.ts in the theme's scripts). It exists for the compiler of types only. Without
// it, the template gives the same text and no function has to be called.
var tag = regexp.MustCompile("\\bhtml`")

// fromFS makes esbuild read only the theme. Imports in scripts may leave out the ending .ts.
func fromFS(theme fs.FS) api.Plugin {
	return api.Plugin{Name: namespace, Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `.*`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if strings.HasPrefix(args.Path, "data:") {
				return api.OnResolveResult{Path: args.Path, External: true}, nil
			}
			file := args.Path
			if args.Importer != "" {
				file = path.Join(path.Dir(args.Importer), args.Path)
			}
			if args.Kind == api.ResolveJSImportStatement && path.Ext(file) == "" {
				file += ".ts"
			}
			if _, err := fs.Stat(theme, file); err != nil {
				return api.OnResolveResult{}, fmt.Errorf("there is no file %s in the theme", file)
			}
			return api.OnResolveResult{Path: file, Namespace: namespace}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: namespace}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := fs.ReadFile(theme, args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			if path.Ext(args.Path) == ".css" {
				text := string(data)
				return api.OnLoadResult{Contents: &text, Loader: api.LoaderCSS}, nil
			}
			text := tag.ReplaceAllString(string(data), "`")
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderTS}, nil
		})
	}}
}
