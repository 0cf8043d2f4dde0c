// Sitegen turns a folder of questions and answers into a static site in several languages.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
