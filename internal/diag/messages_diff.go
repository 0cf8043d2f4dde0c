package diag

// Messages about two rule sets that cannot be compared.
var _ = register(map[Code]entry{
	"rule-kind-changed": {Error,
		text{"質問「%[1]s」の種類が、%[2]s から %[3]s に変わっています", "比べられません。別の質問にするには、id を変えてください"},
		text{`the input "%[1]s" was a %[2]s and is a %[3]s`, "they cannot be compared: give another question another id"}},
})
