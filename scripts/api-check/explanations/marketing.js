/** Promotions, coupons, gift certificates, banners, e-mail templates, tax, shipping. */
export const MARKETING = [];
