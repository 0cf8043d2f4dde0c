package bundle
import ("testing";"os";"fmt")
func TestZZ(t *testing.T){ a,err:=Load(os.DirFS("../../themes/default")); if err!=nil{t.Fatal(err)}
fmt.Println(len(a.Head.Text), a.Head.Text); for k,s:=range a.Scripts{fmt.Println(k,s.Path,len(s.Content),string(s.Content))}
for k,s:=range a.Styles{os.WriteFile("/tmp/theme-work/size/"+k+".css",[]byte(s.Text),0o644)}}
