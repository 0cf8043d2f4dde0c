package rules

import (
	"fmt"
	"testing"
	"time"
)

func TestProf(t *testing.T) {
	s := load(t)
	k := s.talk()
	start := time.Now()
	k.back = k.people
	for k.back != never {
		k.round, k.back = k.and(k.back, k.people), never
		k.rounds++
		clear(k.tried)
		clear(k.closed)
		for i := range k.p.Asks {
			before := k.asked[i]
			k.step(i)
			n, _ := k.size(k.tried[i])
			n2, _ := k.size(k.without(k.asked[i], before))
			live := []bdd{}
			for _, f := range k.functions() {
				live = append(live, *f)
			}
			l, _ := k.size(live...)
			fmt.Printf("%d %2d %-14s tried %6d asked %6d nodes %8d live %d %v\n", k.rounds, i, k.p.Names.Inputs[k.p.Asks[i].Input].ID, n, n2, len(k.nodes), l, time.Since(start).Round(time.Millisecond))
			if len(k.nodes) > manyNodes {
				k.keep(k.functions())
			}
		}
	}
	b := k.compare()
	fmt.Println("compare", time.Since(start), len(k.nodes), k.share(b.broken)/k.share(b.people))
}
