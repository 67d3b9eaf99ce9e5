// A cache whose keys are made anew for every request, so that nothing is ever found in it.
class Profile {
  constructor(name) {
    this.name = name;
    this.roles = ['reader', name];
  }
}

const profiles = new Map();

function profileOf(request) {
  let found = profiles.get(request);
  if (found === undefined) {
    found = new Profile(`name ${request.user}`);
    profiles.set(request, found);
  }
  return found;
}

export function round(n) {
  let length = 0;
  for (let i = 0; i < 120; i++) length += profileOf({ user: `${n}/${i}` }).name.length;
  return length;
}
