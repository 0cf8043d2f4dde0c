package serve

import (
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
)

// Guests says who may see the preview from other devices in the network: everybody who knows the key.
type Guests struct {
	Key   string   // the path of the address to open on the device; "" if only this computer may see the preview
	Hosts []string // the hosts that such a device may address: IP address and port
}

// keyCookie is the cookie of a device that has opened the address with the key.
const keyCookie = "sitegen-key"

// admits reports whether a request comes from this computer or from a device that knows the key. If the key is in the path of
// a request, the answer sets the cookie and redirects to the home page; then `answered` is true. The Host header does not
// count, because anybody can set it.
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
