import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { DomainError } from '@portico/domain/kernel';
import { UnreadableFile } from './fault.js';

const MIB = 1024 * 1024;
/** A file is kept as it is while it is read again and again. */
const MOST_BYTES = 256 * MIB;
const SLICE_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d] as const;

/** A row of the file: its cells, and the line in which it begins; the first line is 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly bytes_records: number };
}

/**
 * A file of rows (RFC 4180): UTF-8 with or without a byte order mark, line ends of any system, cells between commas or,
 * when the first line uses them, semicolons.
 */
export class CsvFile {
  constructor(private readonly bytes: Buffer) {}

  /** @throws DomainError `wrong_call` when there is no such file, or it is too large */
  static async read(path: string): Promise<CsvFile> {
    try {
      const { size } = await stat(path);
      if (size > MOST_BYTES) throw wrongCall(`${path} has more than ${MOST_BYTES / MIB} MiB; divide it`);
      return new CsvFile(await readFile(path));
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw wrongCall(`${path} can not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /**
   * The rows from the first line on, that with the names included; rows without a word in them are passed over. They are
   * read while they are asked for.
   * @throws UnreadableFile
   */
  async *records(): AsyncGenerator<CsvRecord> {
    this.requireText();
    const places = new Lines(this.bytes);
    const slices = Readable.from(slicesOf(this.bytes));
    const parser = slices.pipe(parse(this.format()));
    let end = 0;
    try {
      for await (const { record, info } of parser as AsyncIterable<Parsed>) {
        const line = places.at(end);
        end = info.bytes_records;
        if (record.some((cell) => cell.trim() !== '')) yield { line, cells: record };
      }
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const { bytes } = error; // behind the last cell that could be read
      throw unreadable(places.at(typeof bytes === 'number' ? bytes : end), messageOf(error));
    } finally {
      slices.destroy();
    }
  }

  private format() {
    return {
      bom: true,
      delimiter: this.delimiter(),
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    };
  }

  private delimiter(): string {
    const beginning = this.bytes.toString('utf8', 0, SLICE_BYTES).trimStart();
    return /^[^\r\n]*?([,;])/.exec(beginning)?.[1] ?? ',';
  }

  private requireText(): void {
    if (isUtf8(this.bytes)) return;
    const places = new Lines(this.bytes);
    for (let [from, line] = [0, 1]; ; line++) {
      const end = places.endOfLine(from);
      if (end >= this.bytes.length || !isUtf8(this.bytes.subarray(from, end)))
        throw unreadable(line, 'is not UTF-8; save the file in that encoding');
      from = end;
    }
  }
}

/** Tells lines from offsets that only grow. */
class Lines {
  private line = 1;
  /** Of the line. */
  private start = 0;

  constructor(private readonly bytes: Buffer) {
    if (BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte)) this.start = BYTE_ORDER_MARK.length;
  }

  /** The line of what stands at `offset` or, where lines are empty, below it. */
  at(offset: number): number {
    while (this.start < this.bytes.length) {
      const next = this.endOfLine(this.start);
      if (next > offset && !this.isEmpty()) break;
      this.start = next;
      this.line++;
    }
    return this.line;
  }

  /** Behind the line break that ends the line with the offset `from`. */
  endOfLine(from: number): number {
    for (let at = from; at < this.bytes.length; at++) {
      if (this.bytes[at] === LINE_FEED) return at + 1;
      if (this.bytes[at] === CARRIAGE_RETURN) return this.bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
    }
    return this.bytes.length;
  }

  private isEmpty(): boolean {
    const byte = this.bytes[this.start];
    return byte === LINE_FEED || byte === CARRIAGE_RETURN;
  }
}

function* slicesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES);
}

function messageOf({ code }: CsvError): string {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'a quote is opened and never closed'
    : 'a quote stands inside a cell; the whole cell must be between quotes, and each quote in it doubled';
}

const unreadable = (line: number, message: string) => new UnreadableFile([{ line, column: null, message }]);
const wrongCall = (message: string) => new DomainError('invalid', 'wrong_call', message);
