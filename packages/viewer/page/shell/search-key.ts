import { useEffect } from 'preact/hooks';

/** `/` goes to the search field of the view, or to that of the page where the view has none. */
export function useSearchKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
      const fields = document.querySelectorAll<HTMLInputElement>('.view input[type=search], #search');
      const field = [...fields].find((input) => input.id !== 'search') ?? fields[0];
      if (field === undefined) return;
      event.preventDefault();
      field.focus();
      field.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
