document.title = 'heapstream';
