import {
  DataTypeNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryId,
  type QueryResult,
  RawNode,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely'

/**
 * Makes the text columns of every migration compare by bytes, as SQLite's do, whatever locale the database was created
 * with: names sort alike on both engines, prefixes are found by index, and comparing costs no more than comparing
 * memory.
 */
export class BinaryText implements KyselyPlugin {
  readonly #transformer = new TextTransformer()

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(node, queryId)
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result
  }
}

class TextTransformer extends OperationNodeTransformer {
  protected override transformNodeImpl<Node extends OperationNode>(node: Node, queryId?: QueryId): Node {
    const transformed = super.transformNodeImpl(node, queryId)
    const isText = DataTypeNode.is(transformed) && transformed.dataType === 'text'
    return isText ? (RawNode.createWithSql('text collate "C"') as OperationNode as Node) : transformed
  }
}
