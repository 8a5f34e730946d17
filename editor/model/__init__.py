"""What a chart is: records, chart, diagram, changes, rules; pure."""
