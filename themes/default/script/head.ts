// Runs inside <head>, before anything is painted. It must stay tiny and the same on every page.
import { mark } from './parts/today'

mark()
