// Functions that few people need, in a separate script. The checker loads it when a visitor presses one of the tools or the
// neutral line, changes the language, or opens the circumstances, answers in groups or the reasons of an answer, and before a result that lacks
// a part. It also loads it for a link with answers, and for a link that names a paper which the first question does not offer.

import { takeData, takeRest } from './checker/data'
import { calendar, save } from './tools/calendar'
import { circumstancesStep, count, onTick, tell, withSecret } from './tools/circumstances'
import { code } from './tools/code'
import { speak } from './tools/language'
import { copy, decode, share } from './tools/link'
import { why } from './tools/why'

export const tools = { calendar, circumstancesStep, code, copy, count, decode, onTick, save, share, speak, takeData, takeRest, tell, why, withSecret }

;(window as any).checkerTools = tools
