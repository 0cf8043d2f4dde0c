// The checker on the page for frames.
import './checker/embed' // first, so that it hears of every step
import './checker'
