"""The look of both sites: components, form fields, layouts, error pages."""
