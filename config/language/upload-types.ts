/** Types of files that can be uploaded, by the endings of their names. */
export const uploadTypes = ['csv', 'txt', 'xlsx', 'docx', 'zip', 'pdf', 'png', 'jpg', 'jpeg', 'webp', 'gif'] as const
export type UploadType = (typeof uploadTypes)[number]
