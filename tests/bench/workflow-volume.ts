/** Documents under way: of leads, which are migrated, and of each of the other workflows. */
export type WorkflowVolume = { readonly leads: number; readonly others: number }

export const workflowsWithDocuments = [
  'leads', 'opportunities', 'quotes', 'activities', 'sales-orders', 'purchase-orders', 'receipts', 'supplier-bills', 'reorder-proposals', 'stock-counts', 'journal-entries', 'payments',
] as const

export const fullWorkflows: WorkflowVolume = { leads: 100_000, others: 8_400 }
export const quickWorkflows: WorkflowVolume = { leads: 400, others: 40 }

/** @throws when the text is no volume */
export function readWorkflowVolume(text: string | undefined): WorkflowVolume {
  return JSON.parse(text ?? '') as WorkflowVolume
}
