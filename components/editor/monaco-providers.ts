import { editor, type IRange, languages, MarkerSeverity } from "monaco-editor/editor";
import type { CompletionItem } from "../../lib/editor/completion-item.ts";
import type { Language } from "../../lib/editor/language.ts";
import type { Problem, TextEdit } from "../../lib/schema/problem.ts";

/** What an open editor's text is asked about. */
interface Asked {
  readonly language: Language;
  /** Problems that were found in the text as it is, or was a moment ago. */
  problems: readonly Problem[];
}

const askedOf = new WeakMap<editor.ITextModel, Asked>();

/** Has every question about a model answered by `language`. */
export function setLanguage(model: editor.ITextModel, language: Language): void {
  askedOf.set(model, { language, problems: askedOf.get(model)?.problems ?? [] });
}

/** The language that answers for a model, once it is known. */
function languageOf(model: editor.ITextModel): Language | undefined {
  return askedOf.get(model)?.language;
}

/** Shows problems in the text. */
export function setProblems(model: editor.ITextModel, problems: readonly Problem[]): void {
  const asked = askedOf.get(model);
  if (asked !== undefined) asked.problems = problems;
  editor.setModelMarkers(model, "request", problems.map(marker));

  function marker(problem: Problem): editor.IMarkerData {
    return {
      ...rangeOf(model, problem.offset, problem.length),
      severity: problem.severity === "error" ? MarkerSeverity.Error : MarkerSeverity.Warning,
      message: problem.message,
    };
  }
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
  skeleton: languages.CompletionItemKind.Struct,
  recent: languages.CompletionItemKind.Reference,
} as const satisfies Record<CompletionItem["kind"], languages.CompletionItemKind>;

/** Answers Monaco's questions from the language of the model. */
export function registerProviders(languageId: string): void {
  languages.registerCompletionItemProvider(languageId, {
    triggerCharacters: ['"', ":", " ", "{", "."],
    provideCompletionItems(model, position, context) {
      const offset = model.getOffsetAt(position);
      const text = model.getValue();
      const language = languageOf(model);
      const items = language?.complete(text, offset) ?? [];
      const asked = language?.asksAfter?.(context.triggerCharacter ?? "", text, offset) === true;
      const shown = asked ? items : wanted(items, text, offset, context);
      return { suggestions: shown.map((item, at) => suggestion(model, item, at)) };
    },
  });
  languages.registerHoverProvider(languageId, {
    provideHover(model, position) {
      const found = languageOf(model)?.hover(model.getValue(), model.getOffsetAt(position));
      if (found == null) return null;
      const contents = [{ value: found.markdown, isTrusted: false, supportHtml: false }];
      return { contents, range: rangeOf(model, found.offset, found.length) };
    },
  });
  languages.registerCodeActionProvider(
    languageId,
    {
      provideCodeActions: (model, range) => ({
        actions: codeActions(model, range),
        dispose: () => {},
      }),
    },
    { providedCodeActionKinds: ["quickfix", "refactor.rewrite"] },
  );
  languages.registerFoldingRangeProvider(languageId, {
    provideFoldingRanges: (model) =>
      (languageOf(model)?.folds(model.getValue()) ?? []).map(({ start, end, comment }) => ({
        start,
        end,
        ...(comment && { kind: languages.FoldingRangeKind.Comment }),
      })),
  });
  languages.registerDocumentFormattingEditProvider(languageId, {
    provideDocumentFormattingEdits: (model) =>
      editsOf(model, languageOf(model)?.layout(model.getValue()) ?? []),
  });
}

/** What can be done about the problems in a range, and the other ways to write the bytes at its start. */
function codeActions(model: editor.ITextModel, range: IRange): languages.CodeAction[] {
  const asked = askedOf.get(model);
  if (asked === undefined) return [];
  const text = model.getValue();
  const from = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn });
  const to = model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn });
  const act = (title: string, kind: string, edits: readonly TextEdit[], isPreferred: boolean) => ({
    title,
    kind,
    isPreferred,
    edit: {
      edits: editsOf(model, edits).map((textEdit) => ({
        resource: model.uri,
        textEdit,
        versionId: model.getVersionId(),
      })),
    },
  });
  const fixes = asked.problems
    .filter(({ offset, length }) => offset <= to && offset + length >= from)
    .flatMap(({ fix }) => (fix === undefined ? [] : [act(fix.title, "quickfix", fix.edits, true)]));
  const lenses = asked.language
    .bytesLenses(text, from)
    .filter(({ current }) => !current)
    .map(({ title, edit }) => act(`Write as ${title}`, "refactor.rewrite", [edit], false));
  return [...fixes, ...lenses];
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
