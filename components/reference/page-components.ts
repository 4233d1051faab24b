import { Action, Actions } from "./actions.tsx";
import { Code } from "./code.tsx";
import { AlwaysSet, CommandLine, CommandRow, Flag, FlagTable } from "./commands.tsx";
import { Doc } from "./doc.tsx";
import { EndpointList, EndpointRow } from "./endpoints.tsx";
import { ErrorFilter } from "./error-filter.tsx";
import { ApiErrorItem, CountedLinks, ErrorGroups, ErrorList, ErrorRow, ErrorRows } from "./errors.tsx";
import { Field, FieldList, NoFields, Notes, Oneof, Unfold, Value, ValueList } from "./fields.tsx";
import { Body, Intro } from "./intro.tsx";
import { DefinitionList, DefinitionRow, MethodList, MethodRow, UseList } from "./lists.tsx";
import { Neighbours } from "./neighbours.tsx";
import {
  AccessChip,
  Breadcrumbs,
  Chips,
  CliChip,
  HttpChip,
  KindChip,
  LinkChip,
  PageTitle,
  StreamChip,
  UpstreamChip,
} from "./page-head.tsx";
import { PermissionLine, PermissionRow, PermissionTable } from "./permissions.tsx";
import { ReplyJson } from "./reply-json.tsx";
import { Section, Subsection } from "./section.tsx";
import { Table } from "./table.tsx";

/** Every component that a generated page may name. A page that names another one fails to render. */
export const PAGE_COMPONENTS = {
  AccessChip,
  Action,
  Actions,
  AlwaysSet,
  ApiErrorItem,
  Body,
  Breadcrumbs,
  Chips,
  CliChip,
  Code,
  CommandLine,
  CommandRow,
  CountedLinks,
  DefinitionList,
  DefinitionRow,
  Doc,
  EndpointList,
  EndpointRow,
  ErrorFilter,
  ErrorGroups,
  ErrorList,
  ErrorRow,
  ErrorRows,
  Field,
  FieldList,
  Flag,
  FlagTable,
  HttpChip,
  Intro,
  KindChip,
  LinkChip,
  MethodList,
  MethodRow,
  Neighbours,
  NoFields,
  Notes,
  Oneof,
  PageTitle,
  PermissionLine,
  PermissionRow,
  PermissionTable,
  ReplyJson,
  Section,
  StreamChip,
  Subsection,
  Table,
  Unfold,
  UpstreamChip,
  UseList,
  Value,
  ValueList,
} as const;
