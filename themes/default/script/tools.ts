// The tools that few people need, in a script of their own. The checker loads it when one of them is pressed, when a language
// is chosen, or when a link carries answers.

import { takeData } from './checker/data'
import { calendar, save } from './tools/calendar'
import { code } from './tools/code'
import { speak } from './tools/language'
import { copy, decode, share } from './tools/link'

export const tools = { calendar, code, copy, decode, save, share, speak }

takeData()
;(window as any).checkerTools = tools
