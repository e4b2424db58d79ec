/**
 * Texts in the code pages of consoles, which nothing in the file names.
 *
 * What an inventory is read by (names of files, versions, GUIDs) is ASCII in all of them, so a wrong
 * choice spoils no more than labels and display names. Consoles in the United States have cp437: where
 * that is not cp850, it has signs of mathematics and frames, which no inventory holds.
 */
import { TextDecoder } from 'node:util';

/**
 * What bytes from 128 on mean where Node has no decoder. It has one for windows-1252, but some
 * releases of Node 20 and 22 read control characters where that has quotation marks.
 */
const upperHalves: Record<string, string> = {
  'windows-1252':
    '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ' +
    '\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};

/** In the order of preference where texts are equally likely. */
const candidates = ['windows-1252', 'cp850', 'shift_jis', 'ibm866', 'windows-1251', 'gbk'] as const;

const sampleBytesMax = 8192;

/** Decodes with the candidate whose text looks most like words. Never fails. */
export function likeliestText(bytes: Uint8Array): { name: string; text: string } {
  const sample = linesBeyondAscii(bytes);
  if (isDamagedUtf8(sample)) return { name: 'utf-8', text: decodeAs('utf-8', bytes) };
  let best: { name: string; score: number } | undefined;
  for (const name of candidates) {
    const score = likelihood(decodeAs(name, sample));
    if (best === undefined || score > best.score) best = { name, score };
  }
  const name = best?.name ?? 'utf-8';
  return { name, text: decodeAs(name, bytes) };
}

/** Hardly any other text holds what is a character in UTF-8, so a few make up for a damaged one. */
function isDamagedUtf8(sample: Uint8Array): boolean {
  const beyond = decodeAs('utf-8', sample).match(/\P{ASCII}/gu) ?? [];
  const damaged = beyond.filter((character) => character === '\ufffd').length;
  return damaged * 4 <= beyond.length;
}

function decodeAs(name: string, bytes: Uint8Array): string {
  const upper = upperHalves[name];
  if (upper === undefined) return new TextDecoder(name).decode(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u00ff]/g, (byte) => upper.charAt(byte.charCodeAt(0) - 128));
}

/** The first lines that hold anything to choose by. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const sample: number[] = [];
  let start = 0;
  let telling = false;
  for (let at = 0; at <= bytes.length && sample.length < sampleBytesMax; at++) {
    const byte = bytes[at] ?? 10;
    if (byte >= 128) telling = true;
    if (byte !== 10 && byte !== 13) continue;
    if (telling) sample.push(...bytes.subarray(start, Math.min(at, start + sampleBytesMax)), 10);
    start = at + 1;
    telling = false;
  }
  return Uint8Array.from(sample);
}

type Script = 'latin' | 'cyrillic' | 'kana' | 'han' | 'other';

/** Letters that continue a word count for a text; letters that break one, and rubbish, against it. */
function likelihood(text: string): number {
  let score = 0;
  let before = '';
  for (const character of text) {
    if (character > '\x7f') score += weight(character, before);
    else if (before > '\x7f' && breaksWord(before, character)) score--;
    before = character;
  }
  return score;
}

function weight(character: string, before: string): number {
  if (/[\uFFFD\p{Cc}\p{Cn}\p{Co}]/u.test(character)) return -10;
  if (/[\u2500-\u259F\uFF61-\uFF9F]/u.test(character)) return -2;
  const script = scriptOf(character);
  if (script === undefined || script === 'other') return 0;
  if (breaksWord(before, character)) return -1;
  // Hardly a word has two accents in a row; one of Cyrillic letters, read as Latin ones, has nothing else.
  if (script === 'latin' && before > '\x7f' && scriptOf(before) === 'latin') return 0;
  // One character of two bytes is worth two of one. Kana are hardly met by chance, while nearly every
  // pair of bytes is some Chinese character.
  return { latin: 1, cyrillic: 1, han: 2, kana: 3 }[script];
}

/** Another script in the middle of a word, or a capital after a small letter. */
function breaksWord(left: string, right: string): boolean {
  const [one, other] = [scriptOf(left), scriptOf(right)];
  if (one === undefined || other === undefined) return false;
  const isJapanese = (script: Script) => script === 'kana' || script === 'han';
  if (isJapanese(one) && isJapanese(other)) return false;
  return one !== other || (/\p{Ll}/u.test(left) && /\p{Lu}/u.test(right));
}

function scriptOf(character: string): Script | undefined {
  if (!/\p{L}/u.test(character)) return undefined;
  if (/\p{Script=Latin}/u.test(character)) return 'latin';
  if (/\p{Script=Cyrillic}/u.test(character)) return 'cyrillic';
  if (/[\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(character)) return 'kana';
  return /\p{Script=Han}/u.test(character) ? 'han' : 'other';
}
