package rules

import "sitegen/internal/bdd"

// Until lets the work on the set end early: a proof, or a comparison with other rules, looks now and then whether the
// function returns an error, as that of a context does, and then ends with a panic, which [Stopped] makes an error of. nil
// lets all work come to its end.
func (s *Set) Until(ended func() error) { s.until = ended }

// Ended returns the error of [Set.Until]: that the work on the set is to end.
func (s *Set) Ended() error {
	if s.until == nil {
		return nil
	}
	return s.until()
}

// GoOn ends the work on the set where nobody waits for it.
func (s *Set) GoOn() {
	if err := s.Ended(); err != nil {
		panic(&bdd.Stopped{Err: err})
	}
}

// Stopped, deferred, makes an error of work that was ended early: see [Set.Until].
func Stopped(err *error) {
	problem := recover()
	if stopped, ok := problem.(*bdd.Stopped); ok {
		*err = stopped.Err
	} else if problem != nil {
		panic(problem)
	}
}
