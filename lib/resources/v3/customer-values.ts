/** The value of a form field: text, a number, or several texts for check boxes. */
export type FormFieldContent = string | number | string[];

/** What a customer or address has in a form field. */
export interface FormFieldInput {
  /** Name of the form field. */
  name: string;
  /** Text, a number, or several texts for check boxes. */
  value: FormFieldContent;
}

/** What a customer has in a form field. */
export interface CustomerFormField extends FormFieldInput {
  /** Customer whose value it is. */
  readonly customer_id: number;
}

/** What an address has in a form field. */
export interface AddressFormField extends FormFieldInput {
  /** Address whose value it is. */
  readonly address_id: number;
}

/** Password of a customer. */
export interface CustomerAuthentication {
  /** Whether the customer must change the password at the next login. */
  force_password_reset?: boolean;
  /** The password to set. Never in a response. */
  new_password?: string;
}

/** The value of an attribute of a customer. */
export interface CustomerAttributeEntry {
  /** Id of the `CustomerAttribute`, which must exist. */
  attribute_id: number;
  /** Always text, whatever the type of the attribute. */
  attribute_value: string;
  /** Id of the `CustomerAttributeValue`. */
  readonly id?: number;
  /** Customer whose value it is. */
  readonly customer_id?: number;
  /** When it was created, ISO 8601. */
  readonly date_created?: string;
  /** When it was last changed, ISO 8601. */
  readonly date_modified?: string;
}

/** Store credit of a customer. */
export interface StoreCredit {
  /** In the store's default currency, with four decimal places at most. */
  amount: number;
}

/** What `validateCredentials` takes. */
export interface CustomerCredentials {
  /** Email address of the customer. */
  email: string;
  /** Password that was entered. */
  password: string;
  /** Channel that the customer logs in to. */
  channel_id?: number;
}

/** What `validateCredentials` returns. */
export interface CredentialsCheck {
  /** Whether email address and password belong to a customer. */
  readonly is_valid: boolean;
  /** The customer; null if they do not. */
  readonly customer_id: number | null;
}
