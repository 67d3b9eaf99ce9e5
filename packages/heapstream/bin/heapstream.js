#!/usr/bin/env node
require('../dist/command/command.cjs');
