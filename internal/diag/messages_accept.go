package diag

// Messages about rules that differ from the accepted rules.
var _ = register(map[Code]entry{
	"rule-accepted-missing": {Error,
		text{"この規則は、まだ誰も認めていません（%[1]s がありません）", "sitegen rules accept を実行してください。ファイルができます"},
		text{"nobody has accepted these rules yet: there is no %[1]s", "sitegen rules accept writes it"}},
	"rule-accepted-unreadable": {Error,
		text{"前に認めた規則（%[1]s）が読めません: %[2]s", "手では直しません。sitegen rules accept が書き直します"},
		text{"the accepted rules (%[1]s) are not readable: %[2]s", "they are not edited by hand: sitegen rules accept writes them anew"}},
	"rule-accepted-foreign": {Error,
		text{"%[1]s は、ほかの規則のものです", "sitegen rules accept が、この規則のものに書き直します"},
		text{"%[1]s belongs to other rules", "sitegen rules accept writes it anew for these"}},
	"rule-accepted-stale": {Error,
		text{"%[1]s は、今の規則のものではありません: %[2]s", "sitegen rules accept で書き直し、変わった行を読んでください"},
		text{"%[1]s is not that of the rules as they are: %[2]s", "sitegen rules accept writes it anew; read the lines that change"}},
	"rule-answer-changed": {Error,
		text{"この人の答えが変わります: %[1]s。前: %[2]s。今: %[3]s。行: %[4]s", "変えるつもりなら、sitegen rules accept で認めてください。そうでなければ、行か、条件か、事実を直してください"},
		text{"the answer of this person changes: %[1]s. Before: %[2]s. Now: %[3]s. Rows: %[4]s", "if you mean that, accept it with sitegen rules accept; if not, correct the row, the condition or the fact"}},
	"rule-answers-more": {Error,
		text{"ほかにも、答えが変わる人がいます（状況の%[1]s）", "sitegen rules accept が、組をもっと出します"},
		text{"there are more whose answer changes (%[1]s of the situations)", "sitegen rules accept tells more groups"}},
	"rule-question-changed": {Error,
		text{"質問「%[1]s」を聞く人か、順か、答えないときの値が変わります⟦。例: %[2]s⟧", "変えるつもりなら、sitegen rules accept で認めてください。そうでなければ、inputs.yaml か interview.yaml か条件を直してください"},
		text{`who is asked "%[1]s", when, or what stands for no answer changes⟦, for example for this person: %[2]s⟧`, "if you mean that, accept it with sitegen rules accept; if not, correct inputs.yaml, interview.yaml or the condition"}},
	"rule-turn-idle": {Warning,
		text{"「%[1]s」が一つずれても、誰の答えも変わりません", "その比較が要るかどうか、ほかの条件に隠れていないかを確かめてください"},
		text{`"%[1]s" off by one would change nobody's answer`, "is the comparison needed, or do other conditions hide it?"}},
})
