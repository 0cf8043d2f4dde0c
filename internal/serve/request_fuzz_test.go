package serve

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// guestKey is the key of guests in FuzzRequest.
const guestKey = "k3y"

// Any bytes sent to the preview get an answer. Whoever is not admitted gets no page. Whoever is admitted gets only files that were built,
// each under its exact name.
func FuzzRequest(f *testing.F) {
	p := start(f)
	p.write("SECRET", "SECRET")
	p.server.Guests = Guests{Key: guestKey, Hosts: []string{"192.0.2.1:80"}}
	served := map[string]bool{"/": true, "/ja/": true, "/ja/faq/x.html": true, "/.sitegen/reload.js": true, "/.sitegen/day.js": true, "/.sitegen/overlay.css": true, "/.sitegen/events": true}
	for name := range fixed {
		served["/"+name] = true
	}
	for _, head := range []string{
		"GET / HTTP/1.1\r\nHost: HOST\r\n", "GET /ja/../SECRET HTTP/1.1\r\nHost: HOST\r\n", "GET /..%2fSECRET HTTP/1.0\r\nHost: HOST\r\n", "HEAD /ja/faq/x.html?a HTTP/1.1\r\nHost: HOST\r\n",
		"GET /k3y HTTP/1.1\r\nHost: 192.0.2.1:80\r\n", "GET / HTTP/1.1\r\nHost: 192.0.2.1:80\r\nCookie: sitegen-key=k3y\r\n", "POST /ja/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\n",
		"GET /.sitegen/events?1 HTTP/1.1\r\nHost: HOST\r\n", "GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\n", "GET /ja/broken.html HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site\r\n", "GET /ja/panics.html HTTP/1.1\r\nHost: HOST\r\n",
	} {
		f.Add(head, true)
		f.Add(head, false)
	}
	gone, leave := context.WithCancel(context.Background())
	leave() // nobody waits for a change
	f.Fuzz(func(t *testing.T, head string, fromHere bool) {
		request, err := http.ReadRequest(bufio.NewReader(strings.NewReader(strings.ReplaceAll(head, "HOST", p.address) + "\r\n")))
		if err != nil {
			return
		}
		request.RemoteAddr = "192.0.2.9:50000"
		if fromHere {
			request.RemoteAddr = "127.0.0.1:50000"
		}
		answer := httptest.NewRecorder()
		p.server.ServeHTTP(answer, request.WithContext(gone))
		body := answer.Body.String()
		if strings.Contains(body, "SECRET") && !strings.Contains(head, "SECRET") {
			t.Errorf("%q: %q", head, body)
		}
		isAdmitted := fromHere || strings.Contains(request.Header.Get("Cookie"), guestKey)
		target, _, _ := strings.Cut(request.RequestURI, "?")
		if answer.Code == http.StatusOK && !(isAdmitted && served[target]) {
			t.Errorf("%q: %d %q", head, answer.Code, body)
		}
		if !isAdmitted && answer.Code != http.StatusForbidden && !(answer.Code == http.StatusSeeOther && strings.Contains(target, guestKey)) {
			t.Errorf("a guest without key, %q: %d %q", head, answer.Code, body)
		}
	})
}
