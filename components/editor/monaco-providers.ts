import { editor, type IRange, languages, MarkerSeverity } from "monaco-editor/editor";
import type { CompletionItem } from "../../lib/editor/complete.ts";
import type { Language } from "../../lib/editor/language.ts";
import type { Problem, TextEdit } from "../../lib/schema/problem.ts";

/** The language of each open editor's text. */
const languageOf = new WeakMap<editor.ITextModel, Language>();

/** Has completion, hover and layout of a model answered by `language`. */
export function setLanguage(model: editor.ITextModel, language: Language): void {
  languageOf.set(model, language);
}

/** Shows problems in the text. */
export function setProblems(model: editor.ITextModel, problems: readonly Problem[]): void {
  const markers = problems.map((problem) => ({
    ...rangeOf(model, problem.offset, problem.length),
    severity: problem.severity === "error" ? MarkerSeverity.Error : MarkerSeverity.Warning,
    message: problem.message,
  }));
  editor.setModelMarkers(model, "request", markers);
}

/** Monaco's range of UTF-16 offsets. The model's lines end with `\n`. */
export function rangeOf(model: editor.ITextModel, offset: number, length: number): IRange {
  const start = model.getPositionAt(offset);
  const end = model.getPositionAt(offset + length);
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}

const kinds = {
  field: languages.CompletionItemKind.Field,
  enum: languages.CompletionItemKind.EnumMember,
  value: languages.CompletionItemKind.Value,
} as const satisfies Record<CompletionItem["kind"], languages.CompletionItemKind>;

/** Answers Monaco's questions from the language of the model. */
export function registerProviders(languageId: string): void {
  languages.registerCompletionItemProvider(languageId, {
    triggerCharacters: ['"', ":", " "],
    provideCompletionItems(model, position, context) {
      const offset = model.getOffsetAt(position);
      const text = model.getValue();
      const items = languageOf.get(model)?.complete(text, offset) ?? [];
      return {
        suggestions: wanted(items, text, offset, context).map((item, at) => suggestion(model, item, at)),
      };
    },
  });
  languages.registerHoverProvider(languageId, {
    provideHover(model, position) {
      const found = languageOf.get(model)?.hover(model.getValue(), model.getOffsetAt(position));
      if (found == null) return null;
      const contents = [{ value: found.markdown, isTrusted: false, supportHtml: false }];
      return { contents, range: rangeOf(model, found.offset, found.length) };
    },
  });
  languages.registerDocumentFormattingEditProvider(languageId, {
    provideDocumentFormattingEdits: (model) =>
      editsOf(model, languageOf.get(model)?.layout(model.getValue()) ?? []),
  });
}

/** Typing a closing quote or a space between members asks too: only an answer to a value or within quotes is wanted. */
function wanted(
  items: readonly CompletionItem[],
  text: string,
  offset: number,
  context: languages.CompletionContext,
): readonly CompletionItem[] {
  if (context.triggerKind !== languages.CompletionTriggerKind.TriggerCharacter) return items;
  if (context.triggerCharacter === '"') return items.filter((item) => item.length > 0);
  return text.slice(0, offset).trimEnd().endsWith(":") ? items : [];
}

function suggestion(model: editor.ITextModel, item: CompletionItem, index: number): languages.CompletionItem {
  return {
    label: {
      label: item.label,
      description: item.detail.length > 60 ? `${item.detail.slice(0, 59)}…` : item.detail,
    },
    kind: kinds[item.kind],
    documentation: { value: item.markdown, isTrusted: false, supportHtml: false },
    insertText: item.insert,
    insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
    filterText: item.filter,
    sortText: String(index).padStart(4, "0"),
    range: rangeOf(model, item.offset, item.length),
    additionalTextEdits: editsOf(model, item.edits),
    tags: item.deprecated ? [languages.CompletionItemTag.Deprecated] : [],
  };
}

function editsOf(model: editor.ITextModel, edits: readonly TextEdit[]): languages.TextEdit[] {
  return edits.map(({ offset, length, text }) => ({ range: rangeOf(model, offset, length), text }));
}
