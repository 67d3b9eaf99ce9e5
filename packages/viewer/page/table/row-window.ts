/** Which lines of a long list are in view. Heights in CSS pixels. */
export interface RowWindow {
  readonly first: number;
  /** One behind the last. */
  readonly end: number;
  /** Of the first line above the upper edge of the view, negative or 0. */
  readonly shift: number;
}

/** Browsers refuse elements of some 17 to 33 million pixels, and then show nothing at all. */
const MAX_HEIGHT = 8_000_000;
/** A jump of the scroll bar: more than wheel and keys move at once. */
const JUMP_IN_VIEWS = 3;

/**
 * Where a list of lines of one height is scrolled to. Lists too high for a browser get a lower element: the scroll bar then
 * moves over it in proportion, while wheel and keys go on moving by pixels.
 */
export class ScrollPosition {
  readonly #rowHeight: number;
  #lineCount = 0;
  #viewHeight = 0;
  /** Of the list, not of the element. */
  #top = 0;
  #scrollTop = 0;

  constructor(rowHeight: number) {
    this.#rowHeight = rowHeight;
  }

  /** Height to give to the scrolled element. */
  get height(): number {
    return Math.min(this.#listHeight, MAX_HEIGHT);
  }

  /** What the element's `scrollTop` should be. */
  get scrollTop(): number {
    return this.#scrollTop;
  }

  get window(): RowWindow {
    const first = Math.floor(this.#top / this.#rowHeight);
    const visible = Math.ceil(this.#viewHeight / this.#rowHeight) + 1;
    return {
      first,
      end: Math.min(this.#lineCount, first + visible),
      shift: first * this.#rowHeight - this.#top,
    };
  }

  /** Lines that fit in whole, at least one. */
  get linesPerView(): number {
    return Math.max(1, Math.floor(this.#viewHeight / this.#rowHeight));
  }

  /** The list or the view has another height; where the view shrank, the line `kept` stays in it. */
  resize(lineCount: number, viewHeight: number, kept: number): void {
    const wasInView = this.#isInView(kept);
    const shrank = viewHeight < this.#viewHeight;
    this.#lineCount = lineCount;
    this.#viewHeight = viewHeight;
    this.#moveTo(this.#top);
    if (wasInView && shrank && viewHeight > this.#rowHeight) this.show(kept);
  }

  /** The element was scrolled, by whatever. */
  scrolled(scrollTop: number): void {
    if (Math.abs(scrollTop - this.#scrollTop) < 1) return;
    const moved = scrollTop - this.#scrollTop;
    const isJump = Math.abs(moved) > this.#viewHeight * JUMP_IN_VIEWS;
    const isAtEnd = scrollTop <= 0 || scrollTop >= this.height - this.#viewHeight - 1;
    if (this.height === this.#listHeight) this.#top = scrollTop;
    else if (isJump || isAtEnd) this.#top = scrollTop * this.#factor;
    else this.#top = clamp(this.#top + moved, 0, this.#listHeight - this.#viewHeight);
    this.#scrollTop = scrollTop;
  }

  /** Brings a line into view with the least movement, or to the middle. */
  show(line: number, where: 'nearest' | 'middle' = 'nearest'): void {
    // it may have come since the list was drawn
    this.#lineCount = Math.max(this.#lineCount, line + 1);
    if (this.#isInView(line)) return;
    const top = line * this.#rowHeight;
    const bottom = top + this.#rowHeight;
    if (where === 'middle') this.#moveTo(top - (this.#viewHeight - this.#rowHeight) / 2);
    else this.#moveTo(top < this.#top ? top : bottom - this.#viewHeight);
  }

  /** Whether all of the line is. */
  #isInView(line: number): boolean {
    const top = line * this.#rowHeight;
    return top >= this.#top && top + this.#rowHeight <= this.#top + this.#viewHeight;
  }

  get #listHeight(): number {
    return this.#lineCount * this.#rowHeight;
  }

  /** Pixels of the list for one of the element. */
  get #factor(): number {
    const range = this.height - this.#viewHeight;
    return range <= 0 ? 0 : (this.#listHeight - this.#viewHeight) / range;
  }

  #moveTo(top: number): void {
    this.#top = clamp(top, 0, Math.max(0, this.#listHeight - this.#viewHeight));
    const factor = this.#factor;
    this.#scrollTop = factor === 0 ? 0 : this.#top / factor;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
