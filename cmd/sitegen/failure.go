package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"sitegen/internal/build"
	"sitegen/internal/disk"
	"sitegen/internal/publish"
	"sitegen/internal/terminal"
)

// phrase is a sentence of a message.
type phrase = terminal.Phrase

// misuse prints what is wrong with the command line, followed by the hints, and returns exitUsage. `arg` is the argument of the
// phrase `p`.
func (c *console) misuse(p phrase, arg any, hints ...string) int {
	fmt.Fprintf(c.Err, "sitegen: %s\n", c.Words(p, arg))
	for _, hint := range hints {
		fmt.Fprintf(c.Err, "  %s\n", hint)
	}
	c.Say(c.Err, phrase{"  使い方: sitegen help", "  to see how it is used: sitegen help"})
	return exitUsage
}

// fail prints why a command failed, and returns the exit code.
func (c *console) fail(err error) int {
	var refused *publish.Refused
	if errors.As(err, &refused) {
		fmt.Fprintf(c.Err, "sitegen: %s\n", c.Words(refusals[refused.Reason], refused.Dir, refused.Other))
		return exitUsage
	}
	var unknown *build.UnknownProfile
	if errors.As(err, &unknown) {
		return c.misuse(phrase{"その保険者はありません: --profile %s", "there is no such insurer: --profile %s"}, unknown.ID, c.didYouMean(unknown.ID, unknown.Known, "")...)
	}
	fmt.Fprintf(c.Err, "sitegen: %s\n", c.describe(err))
	return exitEnvironment
}

// refusals has a message for each reason to refuse a folder or file. %[1]s is that folder or file, and %[2]s is the folder or file
// that causes the refusal.
var refusals = map[publish.Reason]phrase{
	publish.IsRoot: {"出力先 %[1]s はディスクのいちばん上です。別のフォルダーを --out で指定してください",
		"the output folder %[1]s is the root of the disk; name another one with --out"},
	publish.IsHome: {"出力先 %[1]s はホームフォルダーです。別のフォルダーを --out で指定してください",
		"the output folder %[1]s is your home folder; name another one with --out"},
	publish.IsRepository: {"出力先 %[1]s はgitのリポジトリーです。入れ替えると履歴が消えるため、別のフォルダーを --out で指定してください",
		"the output folder %[1]s is a git repository, and replacing it would destroy its history; name another one with --out"},
	publish.IsFile: {"出力先 %[1]s はフォルダーではありません。別の名前を --out で指定してください",
		"the output %[1]s is not a folder; name another one with --out"},
	publish.IsDangling: {"出力先 %[1]s はリンクで、その先がありません。リンクを直すか、別のフォルダーを --out で指定してください",
		"the output folder %[1]s is a link to nothing; correct it, or name another folder with --out"},
	publish.IsLoop: {"出力先 %[1]s はリンクが輪になっていて、どのフォルダーにも着きません。リンクを直すか、別のフォルダーを --out で指定してください",
		"the output folder %[1]s is a loop of links that leads to no folder; correct it, or name another folder with --out"},
	publish.InsideSource: {"出力先 %[1]s が、サイトの元になるフォルダー（%[2]s）の中にあります。外のフォルダーを --out で指定してください",
		"the output folder %[1]s is inside a folder the site is made of (%[2]s); name one outside with --out"},
	publish.AroundSource: {"出力先 %[1]s の中に、サイトの元になるフォルダー（%[2]s）があります。入れ替えると消えるため、別のフォルダーを --out で指定してください",
		"the output folder %[1]s contains a folder the site is made of (%[2]s), which would be destroyed; name another one with --out"},
	publish.NotOurs: {"出力先 %[1]s は空でなく、sitegenが作ったものでもありません（%[2]s などがあります）。別のフォルダーを --out で指定してください",
		"the output folder %[1]s is not empty and was not made by sitegen (it holds %[2]s); name another one with --out"},
	publish.MarkerUnknown: {"出力先 %[1]s の %[2]s を読めません。新しい版のsitegenが作ったか、書き換えられています。元の %[2]s に戻すか、フォルダーをほかへ移すか、別のフォルダーを --out で指定してください",
		"%[2]s in the output folder %[1]s cannot be understood: a newer sitegen made it, or it was changed; put it back as it was, move the folder away, or name another one with --out"},
	publish.HoldsOtherFile: {"出力先 %[1]s に、sitegenが作っていないファイル %[2]s があります。入れ替えると消えるため、ほかへ移してください",
		"the output folder %[1]s holds %[2]s, which sitegen did not make and would delete; move it elsewhere"},
	publish.Edited: {"公開済みの %[2]s（%[1]s の中）は、手で書き換えられています。置き換えると消えるため、止めました。残したいことを原稿に写してから、--replace-edits を付けて実行してください",
		"the published file %[2]s in %[1]s was edited by hand, and publishing would replace it; put what you want to keep into the content, then run this again with --replace-edits"},
	publish.HandMade: {"%[1]s の %[2]s は、手で置かれたものです。原稿の host/%[2]s と違い、置き換えると消えるため、止めました。要るものを原稿に写してから、--replace-edits を付けて実行してください",
		"%[2]s in %[1]s was put there by hand, and host/%[2]s of the content, which differs, would replace it; put what you need of it into the content, then run this again with --replace-edits"},
	publish.NoSite: {"%[1]s に %[2]s がありません。sitegenで作ったサイトのフォルダーか、公開先のアドレスを指定してください",
		"there is no %[2]s at %[1]s; name the folder of a site that sitegen made, or the address where one is published"},
	publish.CopyUnknown: {"%[1]s の %[2]s を読めません。新しい版のsitegenが作ったか、壊れています。サイトを作ったフォルダーから %[2]s を写しなおすか、サイトを作りなおして公開してください",
		"%[2]s at %[1]s cannot be understood: a newer sitegen made it, or it is damaged; copy it again from the folder in which the site was built, or build and publish the site again"},
	publish.NoManifest: {"--previous の %[1]s は、sitegenのマニフェストとして読めません。前に公開したサイトの sitegen-manifest.json を指定してください",
		"the file of --previous, %[1]s, is no manifest of sitegen; name the sitegen-manifest.json of the site published before"},
}

// describe returns the message about an error that is not an author's mistake, such as a full disk.
func (c *console) describe(err error) string {
	var busy *disk.Busy
	var path *fs.PathError
	var halfway *publish.Halfway
	var notKept *publish.NotKept
	switch {
	case errors.As(err, &halfway) && halfway.Unreadable != "":
		return c.Words(phrase{"別のユーザーの実行が、%[1]s のファイルを置きかえている途中で止まっています。新しいサイトは %[2]s にありますが、このユーザーには読めません。そのユーザーか管理者がもう一度実行すると、続きから終わります。いらなければ、%[2]s を消してもらってください",
			"a build of a different user stopped while it put files into %[1]s. The new site is in %[2]s, which this user may not read. If that user or an administrator runs sitegen again, it finishes. If the new site is not needed, ask them to delete %[2]s"}, halfway.Dir, halfway.Unreadable)
	case errors.As(err, &halfway):
		return c.Words(phrase{"ファイルを置きかえている途中で止まりました（%[2]s）。新しいサイトはすべて %[1]s にそろっています。もう一度実行すると、続きから終わります",
			"publishing stopped while files were moved into their places (%[2]s). All of the new site is in %[1]s: run this again to finish it"}, halfway.Dir, halfway.Err)
	case errors.As(err, &notKept):
		return c.Words(phrase{"今のサイトを %[1]s に残せません（%[2]s）。公開済みのサイトは元のままです。そこに書けるようにするか、--keep を外してください",
			"the site that would be replaced cannot be kept in %[1]s (%[2]s). The published site is as it was; make it possible to write there, or leave --keep out"}, notKept.Dir, notKept.Err)
	case errors.As(err, &busy) && busy.File != "":
		return c.Words(phrase{"別のsitegenが同じ出力先に構築しています（プロセス %[1]d、%[2]s）。終わってから、もう一度実行してください。もう動いていなければ、%[3]s を消してください（このディスクでは、sitegenにはわかりません）",
			"another sitegen is building the same output (process %[1]d on %[2]s); run this again when it has finished. If it no longer runs, delete %[3]s: this disk has no locks by which sitegen could tell"}, busy.PID, busy.Host, busy.File)
	case errors.As(err, &busy):
		return c.Words(phrase{"別のsitegenが同じ出力先に構築しています（プロセス %[1]d、%[2]s）。終わってから、もう一度実行してください",
			"another sitegen is building the same output (process %[1]d on %[2]s); run this again when it has finished"}, busy.PID, busy.Host)
	case errors.Is(err, context.Canceled):
		return c.Words(phrase{"中断しました。公開済みのサイトは元のままです", "interrupted; the published site is as it was"})
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return c.Words(phrase{"ディスクに空きがありません。公開済みのサイトは元のままです", "the disk is full; the published site is as it was"})
	case errors.Is(err, syscall.EROFS):
		return c.Words(phrase{"書き込めないディスクです: %s", "the disk is read-only: %s"}, about(err))
	case errors.Is(err, fs.ErrPermission):
		return c.Words(phrase{"読み書きする権限がありません: %s", "permission denied: %s"}, about(err))
	case errors.As(err, &path):
		return c.Words(phrase{"読み書きに失敗しました: %s", "reading or writing failed: %s"}, err)
	}
	return err.Error()
}

// about returns the path of the file that an error is about, or the text of the error if it names no file.
func about(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Path
	case errors.As(err, &link):
		return link.New
	}
	return err.Error()
}

// reportBug prints an apology and a report about a bug in sitegen, and also writes the report to a file that the person can send.
// It returns exitBug.
func (c *console) reportBug(bug any, stack []byte) int {
	report := fmt.Sprintf("sitegen %s, %s %s/%s\n\n%v\n\n%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, bug, stack)
	c.Say(c.Err, phrase{"sitegen: sitegenの不具合です。申し訳ありません。公開済みのサイトは元のままです\n", "sitegen: this is a bug of sitegen, sorry. The published site is as it was\n"})
	fmt.Fprint(c.Err, indent(report))
	file, err := writeReport(report)
	if err == nil {
		c.Say(c.Err, phrase{"\nこの報告を %s に書きました。開発者に送ってください（原稿の一部が入っていることがあります）",
			"\nThis report is in %s. Please send it to the developers (it may hold parts of your content)"}, file)
	}
	return exitBug
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ") + "\n"
}

// writeReport writes a report into the folder for temporary files, and returns the name of the new file. Other users can put files
// and links into that folder. writeReport therefore removes an existing file or link of that name or, if it may not, uses a
// different name. It never writes through a link.
func writeReport(report string) (string, error) {
	name := filepath.Join(os.TempDir(), "sitegen-bug-report.txt")
	os.Remove(name)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		if f, err = os.CreateTemp("", "sitegen-bug-report-*.txt"); err != nil {
			return "", err
		}
	}
	_, err = f.WriteString(report)
	return f.Name(), errors.Join(err, f.Close())
}
