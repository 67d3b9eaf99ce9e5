import type { JSX } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import type { DominatorTreeNode } from '../../src/api/index.js';
import { formatPlural, formatShare, formatSize } from '../format/numbers.js';
import { titleOf } from '../rows/object-name.js';
import { selectObject } from '../rows/selection.js';
import { goTo, here } from '../state/navigation.js';
import { hueClassOf } from './hue.js';
import { type Box, layOutIcicle } from './icicle-layout.js';
import { useWidth } from './use-width.js';

const ROW_HEIGHT = 26;
/** Pixels of a box from which its name is written into it, and of a letter of it. */
const LABELLED_WIDTH = 36;
const LETTER_WIDTH = 6.7;

interface IcicleProps {
  readonly tree: DominatorTreeNode;
  readonly totalSize: number;
  readonly snapshot: number;
  onHover(text: string): void;
}

/** Objects as boxes over what they dominate. Boxes are items of a tree for keys and screen readers. */
export function Icicle({ tree, totalSize, snapshot, onHover }: IcicleProps): JSX.Element {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const boxes = useMemo(() => layOutIcicle(tree), [tree]);
  const [active, setActive] = useState(0);
  const selected = here().object;
  const depth = Math.max(...boxes.map((box) => box.depth)) + 1;

  const pick = (position: number, how: 'click' | 'keys'): void => {
    setActive(position);
    onHover(describe(boxes[position], totalSize));
    const { node } = boxes[position];
    if (node !== null) selectObject({ id: node.id, ordinal: node.ordinal, snapshot }, how);
  };
  const zoomInto = ({ node, depth: level }: Box): void => {
    if (node !== null && level > 0) goTo({ zoom: node.id, object: node.id, objectIn: null });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const box = boxes[active];
    const target = {
      ArrowUp: box.parent,
      ArrowDown: box.firstChild,
      ArrowLeft: box.before,
      ArrowRight: box.after,
    }[event.key];
    if (target !== undefined && target >= 0) pick(target, 'keys');
    else if (event.key === 'Enter') zoomInto(box);
    else if (event.key === 'Escape' && here().zoom !== null) history.back();
    else return;
    event.preventDefault();
  };
  return (
    <div class="icicle" ref={frame}>
      <div
        role="tree"
        aria-label="Dominator tree as boxes: the wider, the more an object retains"
        aria-activedescendant={`${id}-${active}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onMouseLeave={() => onHover('')}
      >
        <svg role="presentation" width={width} height={depth * ROW_HEIGHT}>
          {boxes.map((box, position) => (
            <BoxDrawing
              key={position}
              id={`${id}-${position}`}
              box={box}
              pixels={width}
              label={describe(box, totalSize)}
              isActive={position === active}
              isSelected={box.node !== null && box.node.id === selected}
              onPick={() => pick(position, 'click')}
              onZoom={() => zoomInto(box)}
              onHover={onHover}
            />
          ))}
        </svg>
      </div>
    </div>
  );
}

function describe({ node, count, retainedSize }: Box, totalSize: number): string {
  const size = `${formatSize(retainedSize)}, ${formatShare(retainedSize, totalSize)}`;
  if (node === null) return `${formatPlural(count, 'smaller object')}: ${size}`;
  return `${titleOf(node)} @${node.id}: ${size}`;
}

interface BoxDrawingProps {
  readonly id: string;
  readonly box: Box;
  readonly pixels: number;
  readonly label: string;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  onPick(): void;
  onZoom(): void;
  onHover(text: string): void;
}

function BoxDrawing(props: BoxDrawingProps): JSX.Element {
  const { box, pixels, label } = props;
  const x = box.left * pixels;
  const width = Math.max(0.5, box.width * pixels - 1);
  const classes = ['box', box.node === null ? 'is-rest' : hueClassOf(box.node.className)];
  if (props.isActive) classes.push('is-active');
  if (props.isSelected) classes.push('is-selected');
  const name = box.node === null ? formatPlural(box.count, 'smaller object') : titleOf(box.node);
  return (
    <g
      id={props.id}
      class={classes.join(' ')}
      role="treeitem"
      aria-label={label}
      aria-level={box.depth + 1}
      aria-selected={props.isSelected}
      onClick={props.onPick}
      onDblClick={props.onZoom}
      onMouseEnter={() => props.onHover(label)}
    >
      <rect x={x} y={box.depth * ROW_HEIGHT} width={width} height={ROW_HEIGHT - 1} rx={2} />
      {width >= LABELLED_WIDTH && (
        <text x={x + 6} y={box.depth * ROW_HEIGHT + 17}>
          {cutToWidth(name, width)}
        </text>
      )}
    </g>
  );
}

function cutToWidth(text: string, width: number): string {
  const letters = Math.floor((width - 12) / LETTER_WIDTH);
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}
