"""What turns the chapters into this site, beyond the configuration: one module a job."""

import os

from course_site import (
    accessibility,
    addresses,
    browser_files,
    claims_page,
    content_security_policy,
    descriptions,
    downloads,
    execution_cache,
    finished_pages,
    font_subsets,
    mathematics,
    messages,
    moved_pages,
    notebooks,
    output_files,
    outputs,
    own_copies,
    page_scripts,
    pictures,
    removed_pages,
    standard_widgets,
    stylesheets,
    templates,
    widget_files,
)

JOBS = (
    messages,
    notebooks,
    removed_pages,
    execution_cache,
    templates,
    widget_files,
    standard_widgets,
    browser_files,
    mathematics,
    outputs,
    output_files,
    claims_page,
    downloads,
    addresses,
    descriptions,
    accessibility,
    moved_pages,
    own_copies,
    page_scripts,
    pictures,
    font_subsets,
    stylesheets,
    content_security_policy,  # the last that changes pages: it looks at all that one holds
    finished_pages,
)


def setup(app) -> dict:
    """Register every job with Sphinx."""
    # For the kernels of a build without make; classroom/class.mk says why.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    for job in JOBS:
        job.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
