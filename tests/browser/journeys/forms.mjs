// What a person answers in the forms of the demo catalogue: [role, the start of the name, the
// answer].
export const kNoInternet = (description) => [
    ['radio', 'No conecta la VPN', true],
    ['textbox', 'Cuéntanos', description],
];
