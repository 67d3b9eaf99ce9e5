/** `url`: of the module. A program that is bundled may have its threads load modules in another way. */
export async function loadTaskModule(url) {
    return import(url);
}
//# sourceMappingURL=load-task-module.js.map