package rules

import "sitegen/internal/bdd"

// Until sets a function that can end work on the set early. Proofs and comparisons call this function, `ended`, from time to
// time. If it returns an error, as [context.Context.Err] does, the work ends with a panic, which [Stopped] turns into that
// error. If `ended` is nil, work never ends early.
func (s *Set) Until(ended func() error) { s.until = ended }

// Ended returns an error if the work on the set is to end; see [Set.Until].
func (s *Set) Ended() error {
	if s.until == nil {
		return nil
	}
	return s.until()
}

// GoOn panics if the work on the set is to end; see [Set.Until].
func (s *Set) GoOn() {
	if err := s.Ended(); err != nil {
		panic(&bdd.Stopped{Err: err})
	}
}

// Stopped turns the panic of work that was ended early into an error; see [Set.Until]. Call it with defer.
func Stopped(err *error) {
	problem := recover()
	if stopped, ok := problem.(*bdd.Stopped); ok {
		*err = stopped.Err
	} else if problem != nil {
		panic(problem)
	}
}
