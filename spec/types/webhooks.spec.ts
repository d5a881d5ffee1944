import { parseDelivery } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { delivery, HEADERS, SECRETS } from '../support/deliveries.js';

describe('the types of webhook events', () => {
  it('hold at run time: topic and channel are those of the scope', () => {
    const at = (scope: string): unknown[] => {
      const { topic, channelId } = parseDelivery(delivery({ scope, data: { a: 1 } }), HEADERS, { secretHeaders: SECRETS });
      return [topic, channelId];
    };
    expect(at('store/order/created')).to.deep.equal(['store/order/created', undefined]);
    expect(at('store/priceList/updated/')).to.deep.equal(['store/priceList/updated', undefined]);
    expect(at('store/channel/12/order/created')).to.deep.equal(['store/channel/{channel_id}/order/created', 12]);
    expect(at('store/channel/12/inventory/product/stock_changed')).to.deep.equal(['store/channel/*/inventory/product/stock_changed', 12]);
    expect(at('store/order/toString')).to.deep.equal([undefined, undefined]);
  });
});
