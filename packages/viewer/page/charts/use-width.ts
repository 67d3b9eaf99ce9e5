import { useLayoutEffect, useState } from 'preact/hooks';

/** The width of an element in CSS pixels, as it changes. */
export function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => setWidth(element.current?.clientWidth ?? 0);
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
