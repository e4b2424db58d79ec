/** Products over HTTP. */
import type { Handlers } from '../contract/handlers.ts';
import { unprocessable } from '../contract/problems.ts';
import {
  mayReachProduct,
  productNotFound,
  productOutOfReach,
  productsOf,
} from '../contract/product-scope.ts';
import type { Service } from '../db/service.ts';
import { type Change, writerOf } from '../db/write.ts';
import { documentAnswer, listAnswer, preconditionOf, putAnswer } from '../documents/answers.ts';
import { findDocument, listDocuments, putDocument } from '../documents/store.ts';
import {
  completeProduct,
  faultsOfReplacement,
  namesTakenAway,
  type ProductBody,
  showProduct,
} from './product.ts';
import { namesInUse } from './store.ts';

export function productHandlers({
  db,
  write,
}: Service): Pick<Handlers, 'listProducts' | 'getProduct' | 'putProduct'> {
  return {
    async listProducts({ query, caller }) {
      const keys = productsOf(caller);
      return listAnswer(
        query,
        (range) => listDocuments<ProductBody>(db, 'product', { ...range, keys }),
        showProduct,
      );
    },

    async getProduct({ path, caller }) {
      const found = mayReachProduct(caller, path.product)
        ? await findDocument<ProductBody>(db, 'product', path.product)
        : null;
      return found ? documentAnswer(found, showProduct) : productNotFound(path.product);
    },

    async putProduct(request) {
      const key = request.path.product;
      if (!mayReachProduct(request.caller, key)) return productOutOfReach(key);
      const body = completeProduct(request.body);
      return write(request, 'putProduct', async (change) => {
        const put = await putDocument(change, 'product', {
          key,
          body,
          writtenBy: writerOf(request),
          precondition: preconditionOf(request.headers),
          judge: (before) => judge(change, key, before, body),
        });
        return putAnswer(put, `/v1/products/${key}`, showProduct);
      });
    },
  };
}

async function judge(db: Change, key: string, before: ProductBody | null, after: ProductBody) {
  if (before === null) return null;
  const takesAway = namesTakenAway(before, after).length > 0;
  const faults = faultsOfReplacement(before, after, takesAway ? await namesInUse(db, key) : []);
  return faults.length > 0 ? unprocessable(faults) : null;
}
