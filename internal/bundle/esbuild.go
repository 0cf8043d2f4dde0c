package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// namespace marks paths inside the theme, so that esbuild never looks at the disk.
const namespace = "theme"

// oldest are the browsers whose CSS we write for: phones that got no update since 2020.
var oldest = []api.Engine{
	{Name: api.EngineChrome, Version: "80"},
	{Name: api.EngineSafari, Version: "13"},
	{Name: api.EngineFirefox, Version: "78"},
}

// compile bundles and minifies each entry file by itself and returns the results by the entries' names.
func compile(theme fs.FS, entries []string) (map[string][]byte, error) {
	result := make(map[string][]byte, len(entries))
	var scripts, styles []string
	for _, entry := range entries {
		if path.Ext(entry) == ".css" {
			styles = append(styles, entry)
		} else {
			scripts = append(scripts, entry)
		}
	}
	common := api.BuildOptions{
		Bundle: true, Outdir: "/", Outbase: "/", Write: false, LogLevel: api.LogLevelSilent,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsNone, Charset: api.CharsetUTF8,
		Plugins: []api.Plugin{fromFS(theme)},
	}
	forStyles, forScripts := common, common
	forStyles.EntryPoints, forStyles.Engines = styles, oldest
	forScripts.EntryPoints, forScripts.Target, forScripts.Format = scripts, api.ES2017, api.FormatIIFE
	return result, errors.Join(build(result, forStyles), build(result, forScripts))
}

func build(result map[string][]byte, o api.BuildOptions) error {
	o.EntryPointsAdvanced = make([]api.EntryPoint, len(o.EntryPoints))
	for i, entry := range o.EntryPoints {
		o.EntryPointsAdvanced[i] = api.EntryPoint{InputPath: entry, OutputPath: strings.TrimSuffix(entry, path.Ext(entry))}
	}
	entries := o.EntryPoints
	o.EntryPoints = nil
	built := api.Build(o)
	if err := located(append(built.Errors, built.Warnings...)); err != nil {
		return err
	}
	outputs := make(map[string][]byte, len(built.OutputFiles))
	for _, file := range built.OutputFiles {
		name := strings.ReplaceAll(file.Path, `\`, "/") // esbuild writes paths the way of the system it runs on
		outputs[name[strings.LastIndexByte(name, '/')+1:]] = file.Contents
	}
	for _, entry := range entries {
		ending := path.Ext(entry)
		if ending == ".ts" {
			ending = ".js"
		}
		content, ok := outputs[stem(entry)+ending]
		if !ok {
			return fmt.Errorf("BUG: esbuild made nothing of %s", entry)
		}
		result[entry] = []byte(strings.TrimRight(string(content), "\n"))
	}
	return nil
}

// located makes one error of esbuild's messages; a theme may not even have warnings, so that none is overlooked.
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

// fromFS lets esbuild read a theme and nothing else. A script may import without the ending .ts.
func fromFS(theme fs.FS) api.Plugin {
	return api.Plugin{Name: namespace, Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `.*`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if strings.HasPrefix(args.Path, "data:") {
				return api.OnResolveResult{Path: args.Path, External: true}, nil
			}
			target := args.Path
			if args.Importer != "" {
				target = path.Join(path.Dir(args.Importer), args.Path)
			}
			if args.Kind == api.ResolveJSImportStatement && path.Ext(target) == "" {
				target += ".ts"
			}
			if _, err := fs.Stat(theme, target); err != nil {
				return api.OnResolveResult{}, fmt.Errorf("there is no file %s in the theme", target)
			}
			return api.OnResolveResult{Path: target, Namespace: namespace}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: namespace}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := fs.ReadFile(theme, args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text, loader := string(data), api.LoaderTS
			if path.Ext(args.Path) == ".css" {
				loader = api.LoaderCSS
			}
			return api.OnLoadResult{Contents: &text, Loader: loader}, nil
		})
	}}
}
