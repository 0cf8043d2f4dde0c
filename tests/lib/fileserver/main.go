// Fileserver serves a folder with Go's own file server on a free port, and prints the address. The tests use it as one of the hosts.
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		fmt.Printf("http://%s/\n", listener.Addr())
		err = http.Serve(listener, http.FileServer(http.Dir(os.Args[1])))
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
