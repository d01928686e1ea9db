import { type CreateTableBuilder, type Kysely, PostgresAdapter } from 'kysely'

/** Which engine this is; for migrations and search, the only places that may care. */
export const onSqlite = (db: Pick<Kysely<unknown>, 'getExecutor'>) => !(db.getExecutor().adapter instanceof PostgresAdapter)

type Column = {
  name: string
  type: 'text' | 'integer'
  reference?: string
  identity?: boolean
  isNullable?: boolean
  defaultValue?: string | number
  nullable(): Column
  default(value: string | number): Column
}

const make = (column: Omit<Column, 'nullable' | 'default'>): Column => ({
  ...column,
  nullable: () => make({ ...column, isNullable: true }),
  default: (value) => make({ ...column, defaultValue: value }),
})

/** Words for the columns of a new table; not null unless said. The same migration makes the table on both engines. */
export function column(db: Kysely<unknown>) {
  const text = (name: string) => make({ name, type: 'text' })
  return {
    id: make({ name: 'id', type: 'integer', identity: true }),
    text,
    /** UTC instant as text. */
    moment: text,
    /** `YYYY-MM-DD`. */
    day: text,
    integer: (name: string) => make({ name, type: 'integer' }),
    ref: (name: string, table: string) => make({ name, type: 'integer', reference: table }),
    table: (name: string, ...columns: Column[]) => new NewTable(db, name, columns),
  }
}

class NewTable {
  readonly #db: Kysely<unknown>
  readonly #name: string
  readonly #columns: Column[]
  readonly #indexes: { name: string; columns: string[]; unique: boolean }[] = []

  constructor(db: Kysely<unknown>, name: string, columns: Column[]) {
    this.#db = db
    this.#name = name
    this.#columns = columns
  }

  unique(name: string, ...columns: string[]) {
    this.#indexes.push({ name, columns, unique: true })
    return this
  }

  index(name: string, ...columns: string[]) {
    this.#indexes.push({ name, columns, unique: false })
    return this
  }

  async create() {
    let table = this.#db.schema.createTable(this.#name) as CreateTableBuilder<string, string>
    for (const each of this.#columns) table = this.#add(table, each)
    await table.execute()

    for (const { name, columns, unique } of this.#indexes) {
      const index = this.#db.schema.createIndex(name).on(this.#name).columns(columns)
      await (unique ? index.unique() : index).execute()
    }
  }

  #add(table: CreateTableBuilder<string, string>, { name, type, identity, reference, isNullable, defaultValue }: Column) {
    return table.addColumn(name, type, (definition) => {
      if (identity)
        return onSqlite(this.#db) ? definition.primaryKey().autoIncrement() : definition.primaryKey().generatedByDefaultAsIdentity()
      let built = isNullable ? definition : definition.notNull()
      if (reference) built = built.references(`${reference}.id`)
      if (defaultValue !== undefined) built = built.defaultTo(defaultValue)
      return built
    })
  }
}
