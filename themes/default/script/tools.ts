// Functions that few people need, in a separate script. The checker loads it when a visitor presses one of the tools, changes
// the language, or comes by a link with answers. It also loads it when a visitor opens the circumstances or the reasons of an
// answer.

import { takeData, takeRest } from './checker/data'
import { calendar, save } from './tools/calendar'
import { circumstancesStep, count, onTick, tell, withSecret } from './tools/circumstances'
import { code } from './tools/code'
import { speak } from './tools/language'
import { copy, decode, share } from './tools/link'
import { why } from './tools/why'

export const tools = { calendar, circumstancesStep, code, copy, count, decode, onTick, save, share, speak, takeData, takeRest, tell, why, withSecret }

;(window as any).checkerTools = tools
