import type { JsonObject } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { publishedDate } from '../families/blog.js';
import { type DemoRows, rows } from './rows.js';
import { onDay, slug } from './values.js';

const uuid = (group: number, number: number): string => `00000000-0000-4000-8000-0000000000${group}${number}`;

/** What merchants write: pages, posts, widgets, scripts, redirects and emails. */
export function content(): DemoRows[] {
  return [
    rows(v3.Page, [
      page(1, 'Shipping & Returns', { body: '<p>We ship within two days.</p>', sort_order: 1 }),
      page(2, 'Contact Us', {
        type: 'contact_form',
        email: 'owner@example.com',
        contact_fields: 'fullname,phone',
        body: '<p>Write to us.</p>',
      }),
      page(3, 'Blog', { type: 'blog', url: '/blog/', sort_order: 2 }),
    ]),
    ...blog(),
    rows(v2.Banner, [
      banner(1, 'Free shipping', { page: 'home_page', location: 'top' }),
      banner(2, 'Kitchen week', { page: 'category_page', location: 'bottom', item_id: '2' }),
    ]),
    ...widgets(),
    rows(v3.Script, [
      script(1, 'Analytics', { kind: 'src', src: 'https://scripts.example.com/analytics.js', html: '', load_method: 'async' }),
      script(2, 'Greeting', { kind: 'script_tag', src: '', html: "<script>console.log('Hello')</script>" }),
    ]),
    ...redirects(),
    ...emails(),
  ];
}

function page(id: number, name: string, more: JsonObject): JsonObject {
  const shown = { is_visible: true, parent_id: 0, sort_order: 0, is_homepage: false, is_customers_only: false };
  const words = { meta_title: '', meta_keywords: '', meta_description: '', search_keywords: '' };
  const address = { url: `/${slug(name)}/`, channel_id: 1, content_type: 'text/html', layout_file: 'page.html' };
  return { id, name, type: 'page', body: '', ...shown, ...words, ...address, has_mobile_version: false, mobile_body: '', ...more };
}

function blog(): DemoRows[] {
  const posts = [
    { title: 'How we choose oak', tags: ['materials', 'oak'] },
    { title: 'Five gifts under fifty', tags: ['gifts'] },
    { title: 'Caring for copper', tags: ['materials'] },
  ];
  return [
    rows(
      v2.BlogPost,
      posts.map(({ title, tags }, index) => ({
        id: index + 1,
        title,
        tags,
        url: `/blog/${slug(title)}/`,
        preview_url: `/blog/${slug(title)}/`,
        body: `<p>${title}: a short story.</p>`,
        summary: `${title}: a short story.`,
        is_published: index < 2,
        ...publishedDate(new Date(onDay(10 + index))),
        meta_description: null,
        meta_keywords: null,
        author: 'The shop',
        thumbnail_path: null,
      })),
    ),
  ];
}

const banner = (id: number, name: string, more: JsonObject): JsonObject => ({
  id,
  name,
  content: `<p>${name}</p>`,
  date_created: '1767603600',
  date_type: 'always',
  date_from: '0',
  date_to: '0',
  visible: '1',
  item_id: '0',
  ...more,
});

const script = (number: number, name: string, more: JsonObject): JsonObject => ({
  uuid: uuid(1, number),
  name,
  description: '',
  auto_uninstall: true,
  load_method: 'default',
  location: 'footer',
  visibility: 'storefront',
  api_client_id: '',
  consent_category: 'functional',
  enabled: true,
  channel_id: 1,
  date_created: onDay(number),
  date_modified: onDay(number),
  ...more,
});

function widgets(): DemoRows[] {
  const dates = { date_created: onDay(1), date_modified: onDay(2) };
  const templates = [1, 2].map((number) => ({
    uuid: uuid(2, number),
    name: number === 1 ? 'Header' : 'Picture',
    template: number === 1 ? '<h1>{{header}}</h1>' : '<img src="{{image}}">',
    schema: [],
    storefront_api_query: '',
    kind: 'custom',
    current_version_uuid: uuid(3, number),
    icon_name: 'default',
    channel_id: 1,
    client_rerender: true,
    template_engine: 'handlebars_v3',
    ...dates,
  }));
  const files = ['pages/home', 'pages/category', 'pages/product'];
  const regions = ['header_bottom', 'home_below_menu', 'home_below_featured_products', 'category_below_content', 'product_below_price'];
  return [
    rows(v3.WidgetTemplate, templates),
    rows(
      v3.Widget,
      templates.map(({ uuid: widget_template_uuid, current_version_uuid: version_uuid, name }, index) => ({
        uuid: uuid(4, index + 1),
        name: `${name} of the home page`,
        description: '',
        widget_template_uuid,
        version_uuid,
        widget_configuration: index === 0 ? { header: 'Welcome' } : { image: 'https://images.example.com/home.jpg' },
        storefront_api_query_params: {},
        channel_id: 1,
        ...dates,
      })),
    ),
    rows(
      v3.Placement,
      [1, 2].map((number) => ({
        uuid: uuid(5, number),
        widget_uuid: uuid(4, number),
        template_file: 'pages/home',
        region: regions[number],
        entity_id: '',
        sort_order: number,
        status: 'active',
        channel_id: 1,
        ...dates,
      })),
    ),
    rows(
      v3.Region,
      regions.map((name) => ({
        name,
        template_files: files.filter((file) => name.startsWith('header') || file.includes(name.split('_')[0] ?? '')),
      })),
    ),
    rows(
      v3.PageWidget,
      ['', 'pages/product', 'pages/category'].map((template_file, number) => ({
        uuid: uuid(6, number),
        template_file,
        entity_id: '',
        channel_id: 1,
        regions: [{ name: regions[number], children: [] }],
      })),
    ),
    rows(
      v3.CustomTemplateAssociation,
      [1, 2].map((id) => ({
        id,
        channel_id: 1,
        entity_type: id === 1 ? 'product' : 'category',
        entity_id: id + 2,
        file_name: `custom-${id === 1 ? 'product' : 'category'}-1.html`,
        is_valid: true,
        ...dates,
      })),
    ),
  ];
}

function redirects(): DemoRows[] {
  const job = (number: number, type: string): JsonObject => ({
    id: uuid(7, number),
    type,
    status: 'complete',
    completed_items: 2,
    failed_items: 0,
    total_items: 2,
    errors: [],
    created_at: onDay(number),
    completed_at: onDay(number),
  });
  return [
    rows(v3.Redirect, [
      { id: 1, site_id: 1000, from_path: '/old-mug', to: { type: 'product', entity_id: 1 } },
      { id: 2, site_id: 1000, from_path: '/spring-sale', to: { type: 'url', url: '/sale/' } },
    ]),
    rows(v3.RedirectJob, [job(1, 'import'), { ...job(2, 'import'), status: 'complete' }]),
  ];
}

const EMAILS = [
  ...['abandoned_cart_email', 'account_details_changed_email', 'combined_order_status_email', 'createaccount_email'],
  ...['createguestaccount_email', 'giftcertificate_email', 'invoice_email', 'ordermessage_notification', 'return_confirmation_email'],
  ...['return_statuschange_email', 'product_review_email', 'account_reset_password_email'],
];

function emails(): DemoRows[] {
  const words = [{ locale: 'en', keys: { hello_phrase: 'Hello,' } }];
  return [
    rows(
      v3.EmailTemplate,
      EMAILS.map((type_id) => ({
        type_id,
        subject: `${type_id.replace(/_?(email|notification)$/, '').replaceAll('_', ' ')}: {{store.name}}`,
        body: "<p>{{lang 'hello_phrase'}}</p>",
        translations: words,
      })),
    ),
    rows(
      v3.AbandonedCartEmail,
      [1, 2].map((id) => ({
        id,
        notify_at_minutes: id * 60,
        coupon_code: id === 1 ? '' : 'WELCOME',
        is_active: id === 1,
        sent_num: 0,
        template: { subject: 'Complete your purchase', body: '<p>You left something.</p>', translations: words },
      })),
    ),
  ];
}
