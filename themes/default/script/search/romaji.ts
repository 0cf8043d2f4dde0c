// Converts romaji to kana. The original is internal/search/romaji.go.

import { shortVowels } from './normalise'

const KANA: Record<string, string> = {
  shi: 'し', chi: 'ち', tsu: 'つ', fu: 'ふ', ji: 'じ', ya: 'や', yu: 'ゆ', yo: 'よ', wa: 'わ', wo: 'を', fa: 'ふあ', fi: 'ふい', fe: 'ふえ', fo: 'ふお', ti: 'ち', di: 'じ',
}
for (const row of ' あいうえお,kかきくけこ,sさしすせそ,tたちつてと,nなにぬねの,hはひふへほ,mまみむめも,rらりるれろ,gがぎぐげご,zざじずぜぞ,dだぢづでど,bばびぶべぼ,pぱぴぷぺぽ'.split(','))
  for (let i = 0; i < 5; i++) KANA[row[0].trim() + 'aiueo'[i]] = KANA[row[0].trim() + 'aiueo'[i]] || row[i + 1]
for (const [name, kana] of 'kyき,syし,tyち,nyに,hyひ,myみ,ryり,gyぎ,zyじ,byび,pyぴ,shし,chち,jじ'.split(',').map(entry => [entry.slice(0, -1), entry.slice(-1)]))
  for (const [vowel, small] of ['aや', 'uゆ', 'oよ', 'eえ']) KANA[name + vowel] = kana + small

/** Converts a word in Latin letters to normalised kana, or to "" if it is not romaji. */
export function fromRomaji(word: string): string {
  let kana = ''
  for (let rest = word; rest;) {
    let n = Math.min(3, rest.length)
    while (n && !KANA[rest.slice(0, n)]) n--
    const double = /^(?:([kstcpgdbzjf])\1|tc)/.test(rest)
    if (!n && !double && !/^(?:n|m[bmp])/.test(rest)) return ''
    kana += n ? KANA[rest.slice(0, n)] : double ? 'つ' : 'ん'
    rest = rest.slice(n || 1)
  }
  return shortVowels(kana)
}
