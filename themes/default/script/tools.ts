// The tools that few people need, in a script of their own. The checker loads it when one of them is pressed, when a language
// is chosen, when a link carries answers, or when somebody asks for the reasons of an answer.

import { takeData } from './checker/data'
import { calendar, save } from './tools/calendar'
import { code } from './tools/code'
import { speak } from './tools/language'
import { copy, decode, share } from './tools/link'
import { why } from './tools/why'

export const tools = { calendar, code, copy, decode, save, share, speak, why }

takeData()
;(window as any).checkerTools = tools
