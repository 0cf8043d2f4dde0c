// What few people need: a script of its own, which the checker loads when one of them is pressed, another
// language is, or a link brings answers.

import { takeData } from './checker/data'
import { calendar, save } from './tools/calendar'
import { code } from './tools/code'
import { speak } from './tools/language'
import { copy, decode, share } from './tools/link'

export const tools = { calendar, code, copy, decode, save, share, speak }

takeData()
;(window as any).checkerTools = tools
