import sax from 'sax'
import { RoomFailure } from '../provider.ts'

/** An element of an answer: its text, and what it holds. */
export type Element = { name: string; text: string; children: Element[] }

const mostElements = 50_000

/** Reads an answer's XML; no document types, so no entities but the five of XML itself. Throws a `RoomFailure`. */
export function readAnswer(xml: string): Element {
  const parser = sax.parser(true, { trim: true })
  const root: Element = { name: '', text: '', children: [] }
  const open = [root]
  let count = 0
  const here = () => open.at(-1) ?? root
  const unreadable = (detail: string) => {
    throw new RoomFailure('unreadable', detail)
  }
  const addText = (text: string) => {
    here().text += text
  }

  parser.onerror = (error) => unreadable(error.message)
  parser.ondoctype = () => unreadable('a document type')
  parser.ontext = addText
  parser.oncdata = addText
  parser.onopentag = ({ name }) => {
    count += 1
    if (count > mostElements) unreadable('too many elements')
    const element = { name, text: '', children: [] }
    here().children.push(element)
    open.push(element)
  }
  parser.onclosetag = () => void open.pop()
  parser.write(xml).close()

  const [answer] = root.children
  return answer?.name === 'response' ? answer : unreadable('no response')
}

export const textIn = ({ children }: Element, name: string): string => children.find((each) => each.name === name)?.text ?? ''

export const elementsIn = ({ children }: Element, name: string): Element[] => children.filter((each) => each.name === name)
