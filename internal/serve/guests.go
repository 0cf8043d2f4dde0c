package serve

import (
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
)

// Guests say who may see the preview from other devices of the same network: whoever was told the key.
type Guests struct {
	Key   string   // the first part of the address to open there; "" where only this computer may
	Hosts []string // what such a device may call us: address and port
}

// keyCookie is the cookie that a device keeps once it has opened the address with the key.
const keyCookie = "sitegen-key"

// admits reports whether a request comes from this computer, or from a device that knows the key. One that brings the key
// in its address gets the cookie and is sent on: then the request is answered. What a request calls us proves nothing.
func (s *Server) admits(w http.ResponseWriter, r *http.Request) (admitted, answered bool) {
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil && net.ParseIP(host).IsLoopback() {
		return true, false
	}
	if s.Guests.Key == "" {
		return false, false
	}
	if cookie, err := r.Cookie(keyCookie); err == nil && same(cookie.Value, s.Guests.Key) {
		return true, false
	}
	if !same(strings.Trim(r.URL.Path, "/"), s.Guests.Key) {
		return false, false
	}
	http.SetCookie(w, &http.Cookie{Name: keyCookie, Value: s.Guests.Key, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return true, true
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
