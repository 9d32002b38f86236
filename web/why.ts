// Why something that was asked of the server was not answered, in a sentence for people.
export const whyOf = (
  error: { readonly graphQLErrors: readonly { readonly message: string }[] } | null | undefined,
): string => error?.graphQLErrors[0]?.message ?? 'The server does not answer.'
