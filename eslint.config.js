import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["_build/", ".venv/", "node_modules/"] },
  js.configs.recommended,
  {
    rules: {
      "eqeqeq": "error",
      "no-shadow": ["error", { hoist: "functions" }],
      "no-var": "error",
      "prefer-const": "error",
      "max-len": ["error", { code: 150, ignoreTemplateLiterals: true, ignoreComments: true, ignoreStrings: true }],
    },
  },
  { files: ["lib/**", "_assets/**", "course_site/**", "tests/support/**"], languageOptions: { globals: globals.browser } },
  { files: ["tests/javascript/**"], languageOptions: { globals: globals.node } },
  { files: ["tests/firefox/**"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
