const lines = (text: string): readonly string[] => text.trim().split(/\n\s*/)

/** What a team that builds a checkout has on its board, by the label it goes under. */
export const TITLES = {
  Payments: lines(`
    Retry declined cards with the network’s own advice
    Split shipments: one order, several parcels
    Apple Pay on the product page
    Capture the payment when the parcel leaves, not before
    Let customers pay half now and half on delivery
    Refund part of an order without a spreadsheet
    Store cards for returning customers
    Show which card a refund goes back to
    Swap the payment provider for Sweden without downtime
    Ask for 3-D Secure only when the bank wants it
    Settle in the customer’s currency
    Gift cards that can be spent in parts
    Reconcile payouts with orders every night
    Void an authorisation when the cart is abandoned
    Bank transfer for orders over 2,000
    Explain a declined payment in words people understand
    Google Pay on Android browsers
    Keep the cart when the payment page times out
    Charge the restocking fee on late returns
    One invoice for a company’s monthly orders
    Pay by link for phone orders
    Try the second provider when the first is slow
    Discount codes that exclude shipping
    Let support cancel a payment that hangs
    Tip for the courier, off by default
    Pre-orders: reserve now, charge on release
    Test cards for every refusal a bank can give
    Payment method order by country
    Store credit instead of a refund, if the customer wants
    Warn before a stored card expires
    Partial capture when one item is out of stock
    Write off open amounts under 10 cents
    Idempotent refunds, so a double click pays once
    Fees per payment method in the margin report
    Move card vault to the new key rotation
    Chargebacks: collect the evidence by itself
    Hold risky orders for a person to look at
    iDEAL for the Netherlands`),
  Bug: lines(`
    Address form forgets the unit number on iOS
    Price rounding differs between cart and invoice
    Back button empties the cart in Firefox
    Discount is applied twice when the page reloads
    Confirmation e-mail shows the wrong time zone
    Postcode check refuses valid addresses in Ireland
    Cart badge stays at 1 after everything is removed
    Two tabs, one cart: the older tab wins
    Pay button stays grey after a corrected card number
    Emoji in the delivery note breaks the label printer
    Order history skips an order at the page boundary
    Tax is missing for customers who switch country late
    Free shipping line disappears below 50
    Password field loses focus when the strength bar shows
    Total flickers while the voucher is checked
    Guest orders cannot be found by their number
    Long product names run over the price
    Safari asks to save the security code
    Delivery date is in the past around midnight
    Sold-out items can still be ordered from the wish list
    Invoice PDF cuts the last line of an address
    Voucher field swallows a trailing space
    Phone numbers with an extension are refused
    Order confirmation is sent twice after a retry
    Keyboard users cannot leave the country list
    Saved address opens empty after an update
    Currency sign on the wrong side in French
    Refund amount cannot be typed with a comma
    Stock counter goes below zero on busy days
    Session ends in the middle of the payment step
    Pick-up points load the whole country
    Screen reader reads the price before the product
    Filter by date ignores the last day
    Search finds archived products first
    Return label is created for the old address
    Sorting by price mixes currencies
    Checkout hangs when the map cannot load
    Error page after login from a very old link`),
  UX: lines(`
    Guest checkout without an account
    One page instead of four steps
    Show delivery cost before the address is typed
    Address search that forgives typos
    Keep the summary in sight while scrolling
    Say what happens after the Pay button
    Undo for removed items
    Empty cart page that helps
    Bigger targets for thumbs on the payment step
    Tell people why we ask for a phone number
    Remember the last delivery choice
    Error messages next to the field they are about
    Progress that can be clicked back
    Dark mode for the whole checkout
    Compare delivery options at a glance
    Gift options without another page
    Quantity stepper that accepts typing
    Show savings as money, not as percent
    Delivery note with suggestions
    Reorder an old order with one tap
    Focus order for keyboard users
    Skeletons instead of spinners
    Autofill that works with every browser
    Make the voucher field smaller: most have none
    Explain customs for orders from Switzerland
    Save for later, right in the cart
    Order status page people can share
    Confirm large quantities gently
    Better words for the cookie choice
    Switch between private and company purchase
    Show the return policy where the doubt is
    Contrast of the disabled buttons
    Larger product pictures in the cart
    Choose the delivery day from a calendar
    Sticky total on small screens
    First-time hints that go away for good
    Less red on the payment page
    Signature instead of e-mail for in-store orders`),
  Infra: lines(`
    Load test: 400 orders a second
    Fraud rules as a table, not code
    Move sessions out of the web servers
    Alerts that name the customer impact
    Cut the build from 14 to 6 minutes
    Rotate the signing keys without a restart
    Trace one order through every service
    Read replica for reports
    Drop the old cart service
    Queue for e-mails with back-off
    Feature switches per country
    Zero-downtime migration of the orders table
    Budget for the checkout’s JavaScript
    Restore a backup every week, by itself
    Rate limit on the voucher check
    Move images to the new CDN
    Health checks that check something
    Canary deploys for the payment step
    Archive orders older than seven years
    Upgrade to Postgres 18
    Dashboards the on-call person can read
    Split the nightly job into restartable parts
    Remove the shared database user
    Record and replay provider webhooks
    Staging data without real names
    Autoscale on waiting orders, not on CPU
    Log sampling that keeps the errors
    Runbook for a provider outage
    Make the deploy button say what it deploys
    Secrets out of the pipeline’s variables
    Block deploys on Friday afternoons, politely
    Shrink the web image below 100 MB
    Warm the cache before a sale starts
    One place for time-outs and retries
    Chaos hour: kill a service every sprint
    Costs per environment in the weekly mail
    Pin every container by digest
    Clean up DNS records nobody owns`),
  Mobile: lines(`
    Scan a card with the camera
    Open the app from the order e-mail
    Biometric confirmation for stored cards
    Offline cart that syncs later
    Push when the parcel is around the corner
    Shrink the app’s download to 30 MB
    Tablet layout for the checkout
    Hand over a cart from phone to laptop
    Haptics on add to cart
    Widget with the next delivery
    Swipe to remove, with undo
    Support the largest text size
    Landscape on small phones
    App review prompt after the third order
    Deep links for vouchers
    Share a product with a picture
    Faster cold start on old Androids
    Crash in the address book on Android 12
    Camera permission asked too early
    Barcode scanner for returns
    Dark icons for the tab bar
    In-app order chat
    Remember the tab after a restart
    Update hint instead of a forced update
    Nearby pick-up points on a map
    Sign in with a passkey
    Prefetch the checkout on a slow network
    Battery use while tracking a parcel
    App clips for in-store pick-up
    Localised store screenshots
    Right-to-left layout
    Pull to refresh in the order list
    Keyboard covers the Pay button
    Notification settings per topic
    Wallet pass for gift cards
    Drop support for iOS 15`),
  Docs: lines(`
    Document the refund webhook and its retries
    Receipt e-mail: dark mode and plain text part
    Write down how prices are rounded
    Onboarding guide for new engineers
    Glossary: cart, basket, order, shipment
    API examples in four languages
    Explain order states with one picture
    E-mail templates in one place
    Changelog customers can read
    Help page for failed payments
    Translate the delivery mails to Polish
    How we test payments without money
    Decision record: one cart per customer
    Guide: adding a country
    Support macros for refunds
    Tone of voice for error messages
    Diagram of the night jobs
    Say goodbye mail for closed accounts
    Incident review template
    Answer the ten most asked questions
    Screenshots that update themselves
    Style guide for numbers and dates
    Postman collection for partners
    FAQ about split shipments
    Reminder mail for forgotten carts
    Clean up the wiki’s front page
    How to read the fraud table
    Order mails without tracking pixels`),
  Compliance: lines(`
    Tax for digital goods in Norway
    Delete a customer’s data on request
    Consent log for marketing mails
    Price history of the last 30 days
    Accessible checkout by the June deadline
    Invoices as e-invoices for Germany
    Keep card data out of the logs
    Age check for some products
    Export everything we know about a customer
    Terms of sale for France
    Sanctions list check for shipments
    PCI questionnaire for this year
    Right of withdrawal button
    VAT numbers checked while typing
    Audit trail for price changes
    Retention periods per kind of data
    Packaging register for Austria
    Records of who saw which order
    Cookie banner without dark patterns
    Unit prices for everything sold by weight
    Second signature for refunds over 500
    Customs codes for all products
    Safety warnings in the local language
    Contracts with the new courier
    Report suspicious orders in one form
    Legal review of the gift card terms
    Penetration test of the payment step
    Accessibility statement`),
  Growth: lines(`
    Clone competitor’s returns page for review
    Offer a bundle when two of three are in the cart
    Ask for a review a week after delivery
    Referral links that survive the app install
    Price test for express delivery
    Landing page for company customers
    Recommend spare parts with the product
    Back in stock mail
    Free delivery threshold per country
    Loyalty points in the order summary
    Win back customers after a failed payment
    Measure where people leave the checkout
    Birthday voucher
    Newsletter sign-up after the order, not before
    Wish lists people can share
    Show how many are left, honestly
    Christmas delivery countdown
    Add-ons at the last step, one at most
    Test two orders of payment methods
    Voucher for a late parcel, without asking
    Store finder from the sold-out page
    Student discount with proof
    Product questions answered by other buyers
    Cart page without recommendations: does it sell more?
    Sample with every first order
    Weekly numbers in the team channel
    Seasonal gift wrap
    Try before you buy for frames
    Survey with a single question
    Sell the display model
    Trade-in estimate on the product page
    Early access for newsletter readers
    Local language for Catalonia
    Combine delivery with a neighbour
    Show the carbon cost of express
    Invite a colleague to the company account
    Price match within a week
    Second language for the size tables
    Campaign codes that explain themselves
    Suggest the right size from old orders
    Weekend delivery as a test in two cities
    Outlet page for returned goods
    Ask why when a subscription ends
    Launch list for Portugal`),
} as const satisfies Record<string, readonly string[]>

export type Area = keyof typeof TITLES
