/** Says in full sentences what the XML parser found wrong, and what to do about it. */
import { excerpt } from './excerpt.ts';

/** The parser's messages that have an explanation of their own; the others are quoted. */
const explanations: Readonly<Record<string, string>> = {
  'disallowed character.':
    'This character is not allowed here in XML: control characters are not allowed at all, and "<" within text and attributes is written "&lt;". Have the tool that wrote the report escape it or leave it out.',
  'malformed character entity.':
    'This reference stands for a character that XML does not allow. Have the tool that wrote the report leave it out.',
  'undefined entity.':
    'This entity is not one of those that XML knows (amp, lt, gt, quot, apos). Write the character itself.',
  'text data outside of root node.':
    'Text stands outside the root element. Hand in the report alone, with nothing before or after it.',
  'documents may contain only one root.':
    'A second document begins here. Hand in each report by itself; files of one call are one run.',
  'an XML declaration must be at the start of the document.':
    'An XML declaration stands here that is not at the very beginning. Hand in each report by itself, with nothing before it.',
};

/** For a message of the parser in the middle of a file. */
export function notWellFormed(message: string): string {
  const said = excerpt(message, 100).replace(/\.$/, '');
  return (
    explanations[message] ??
    `The XML is broken here: ${said}. Have the tool that wrote the report write it again, whole.`
  );
}

/** For a message of the parser at the end of a file. */
export function cutOff(message: string): string {
  const open = /^unclosed tag: (.*)$/.exec(message)?.[1];
  const where = open === undefined ? 'in the middle' : `before <${excerpt(open, 60)}> is closed`;
  return `The file ends ${where}: it is cut off. Hand in the whole file.`;
}
