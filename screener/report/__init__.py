"""Report: PRISMA flow numbers and diagram, tables, exports."""
