package checker

import "testing"

func TestEncodeLiteral(t *testing.T) {
	for want, v := range map[string]any{
		`{a:{b_1:"x",c:[1,2]},d:null}`:        map[string]any{"a": map[string]any{"b_1": "x", "c": []int{1, 2}}, "d": nil},
		`{"a-b":1,c:"{\"d\":1,\"e\":"}`:       map[string]any{"a-b": 1, "c": `{"d":1,"e":`},
		`["a","b:",":"]`:                      []string{"a", "b:", ":"},
		`{"":"",a:"\\","資格":1}`:               map[string]any{"": "", "資格": 1, "a": `\`},
		`[{a:",\"x\":"},{a:"{\"x\":"},"\":"]`: []any{map[string]string{"a": `,"x":`}, map[string]string{"a": `{"x":`}, `":`},
	} {
		if got := encodeLiteral(v); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}
