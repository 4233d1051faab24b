/**
 * A notebook of so many cells beside its prose, of every kind, as text. `method` is a unary read whose reply has a list
 * named `items`. Nothing of it is meant to be run.
 */
export function largeNotebook(cells: number, method: string): string {
  const parts = [
    "---\ntitle: A large notebook\ndescription: Cells of every kind, many of them.\norder: 1\n---",
  ];
  for (let index = 0; index < cells; index++) parts.push(prose(index), cell(index, method));
  return `${parts.join("\n\n")}\n`;
}

function prose(index: number): string {
  const heading = index % 10 === 0 ? `## Part ${index / 10 + 1}\n\n` : "";
  return `${heading}Cell ${index + 1} is one of many. What it gives *can* be used by those below it, and what stands above it has \`names\` as well.`;
}

function cell(index: number, method: string): string {
  const last = index - (index % 6);
  switch (index % 6) {
    case 0: {
      const fields = Array.from(
        { length: 12 },
        (_, field) => `  "field_${field}": "${field}${"0".repeat(20)}"`,
      );
      return `<Call as="reply${index}" method="${method}">\n\n\`\`\`json\n{\n${fields.join(",\n")}\n}\n\`\`\`\n\n</Call>`;
    }
    case 1:
      return `<Expression as="value${index}">\n\n\`\`\`cel\nreply${last}.items.filter(each, each.state == "open").map(each, each.amount)\n\`\`\`\n\n</Expression>`;
    case 2:
      return `<Check say="There are some">\n\n\`\`\`cel\nvalue${last + 1}.size() > ${index}\n\`\`\`\n\n</Check>`;
    case 3:
      return `<Table of="reply${last}.items" columns="Name = row.name; Amount = row.amount" />`;
    case 4:
      return `<Input as="input${index}" label="How many" type="int" value="${index}" min="0" max="1000" unit="sat" />`;
    default:
      return `<Wait as="reply${index}" method="${method}" timeout="10s" every="200ms">\n\n\`\`\`json\n{}\n\`\`\`\n\n\`\`\`cel\nreply${index}.items.size() > ${index}\n\`\`\`\n\n</Wait>`;
  }
}
